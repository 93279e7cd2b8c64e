// SPDX-License-Identifier: Apache-2.0
// The points of a plan, by index. The same plan has the same points in the same order anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sweep/plan.h"

namespace dwmtj {

class Expansion {
 public:
  // Throws InputError: too many points, none, or a condition that is wrong.
  explicit Expansion(const SweepPlan& plan);

  [[nodiscard]] const SweepPlan& plan() const { return plan_; }
  [[nodiscard]] const std::vector<const Axis*>& axes() const { return axes_; }
  [[nodiscard]] std::size_t size() const { return kept_ ? kept_->size() : all_; }

  // Which value of each axis, and the value.
  [[nodiscard]] std::vector<std::size_t> choices(std::size_t point) const;
  [[nodiscard]] std::vector<const AxisValue*> values(std::size_t point) const;
  // The words of its command, without a program in front.
  [[nodiscard]] std::vector<std::string> words(std::size_t point) const;

 private:
  [[nodiscard]] std::vector<std::size_t> choices_of(std::size_t combination) const;
  [[nodiscard]] std::vector<const AxisValue*> values_of(std::size_t combination) const;
  void keep_where(const ParameterNode& condition);

  const SweepPlan& plan_;
  std::vector<const Axis*> axes_;
  std::size_t all_ = 1;                             // combinations
  std::optional<std::vector<std::uint32_t>> kept_;  // of them, where there is a condition
};

// "0-3,7": the numbers in ascending order, with runs.
std::string ranges_text(const std::vector<std::size_t>& points);
// Throws InputError that names `option`: no such text, or a point beyond `size`.
std::vector<std::size_t> parse_ranges(const std::string& option, const std::string& text,
                                      std::size_t size);

}  // namespace dwmtj
