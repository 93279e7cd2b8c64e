// SPDX-License-Identifier: Apache-2.0
// A sweep as its file describes it (docs/sweep/plan.md): a command, and what of it varies.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sweep/axis.h"

namespace dwmtj {

inline constexpr long kMostPoints = 10'000'000;  // of a plan

// Axes that go side by side: one of a grid, those of a zip, those of a sample.
struct AxisGroup {
  std::vector<Axis> axes;
  std::size_t size;  // values of each
};

struct SweepPlan {
  // Throws InputError.
  static SweepPlan load(const std::filesystem::path& file);

  std::filesystem::path file;
  std::vector<std::string> command;  // its name and words; {NAME} where an axis goes
  std::filesystem::path out;
  std::vector<AxisGroup> groups;     // every combination of theirs, the last the fastest
  std::vector<ParameterNode> where;  // conditions that all hold
  std::vector<std::string> figures;  // columns that are kept; none: all
  double duration = 0.0;             // s, of a point, for tasks on a cluster; 0: not known
  ParameterNode node;                // of `command`, for errors

  [[nodiscard]] std::vector<const Axis*> axes() const;
};

}  // namespace dwmtj
