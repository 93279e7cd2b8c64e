// SPDX-License-Identifier: Apache-2.0
// What a sweep varies: an option or a key of a parameter file, and the values that it takes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/parameter_file.h"

namespace dwmtj {

struct AxisValue {
  std::string text;            // as the command gets it: "50 ns"
  std::optional<double> cell;  // SI, where all values of the axis are quantities of one kind
};

struct Axis {
  enum class Kind { option, key, word };  // --sigma, core.rows, {device} in the command

  Kind kind;
  std::string target;  // as above, a word without its braces
  ParameterNode node;  // where it stands in the plan, for errors
  bool between;        // values lie between two ends: of a range
  std::vector<AxisValue> values;
  std::string name;  // of its column, with the unit: sigma_S, rows, device
};

// How values are drawn: the axis `axis` of a sample of so many points.
struct Draws {
  std::uint64_t seed;
  std::uint64_t axis;
  std::size_t points;
  bool latin;  // one value in each of as many equal parts
};

// Where a plan says what an axis is: under a key of a mapping.
struct AxisNode {
  const ParameterNode& of;
  std::string key;
  Axis::Kind kind;

  [[nodiscard]] ParameterNode node() const { return of.child(key); }
};

// Of a list, one value, or a range (value_range.h). Throws InputError.
Axis read_axis(const AxisNode& axis);
// Drawn from a list, or from between the ends of a range.
Axis draw_axis(const AxisNode& axis, const Draws& draws);

// An axis is known by the last word of its target, or by all of it where two would be the same.
void name_axes(const std::vector<Axis*>& axes);

}  // namespace dwmtj
