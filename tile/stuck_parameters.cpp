// SPDX-License-Identifier: Apache-2.0
#include "tile/stuck_parameters.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr int kMostLines = 1000000;
constexpr int kMostStuckLevel = 1000;

// [3, 7]
std::vector<int> read_lines(const ParameterNode& node, const std::string& key) {
  std::vector<int> lines;
  if (!node.has(key)) return lines;
  for (const auto& item : node.items(key)) {
    lines.push_back(static_cast<int>(item.integer(0, kMostLines)));
  }
  return lines;
}

bool holds(const std::vector<int>& lines, int line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

void check_below(const char* key, int index, int count) {
  if (index < count) return;
  throw InputError(fmt::format("stuck.{}: {} does not exist; the tile has {}", key, index, count));
}

}  // namespace

bool StuckParameters::named(std::uint32_t row, Side side, int column) const {
  const int line = static_cast<int>(row);
  return holds(rows, line) || holds(columns, column) ||
         std::any_of(devices.begin(), devices.end(), [&](const StuckDevice& device) {
           return device.row == line && device.side == side && device.column == column;
         });
}

void StuckParameters::check(int row_count, int column_count, int levels) const {
  for (const int row : rows) check_below("rows", row, row_count);
  for (const int column : columns) check_below("columns", column, column_count);
  for (const auto& device : devices) {
    check_below("devices", device.row, row_count);
    check_below("devices", device.column, column_count);
  }
  check_below("level", level.value_or(0), levels);
}

StuckParameters read_stuck(const ParameterNode& node) {
  StuckParameters stuck;
  if (node.has("rate")) {
    stuck.rate = node.at_least_zero("rate", Dimension::number);
    if (stuck.rate > 1.0) node.fail("rate", "expected 0 % to 100 %");
  }
  stuck.rows = read_lines(node, "rows");
  stuck.columns = read_lines(node, "columns");
  if (node.has("devices")) {
    for (const auto& item : node.items("devices")) {
      const int row = item.integer("row", 0, kMostLines);
      const auto side = static_cast<Side>(item.choice("side", {"plus", "minus"}));
      stuck.devices.push_back({row, side, item.integer("column", 0, kMostLines)});
      item.finish();
    }
  }
  if (node.has("level")) stuck.level = node.integer("level", 0, kMostStuckLevel);
  node.finish();
  return stuck;
}

}  // namespace dwmtj
