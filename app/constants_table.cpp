// SPDX-License-Identifier: Apache-2.0
#include "app/constants_table.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace dwmtj {
namespace {

template <typename Column>
std::size_t width_of(const std::vector<Constant>& constants, Column column,
                     std::string_view title) {
  std::size_t width = title.size();
  for (const auto& constant : constants) width = std::max(width, (constant.*column).size());
  return width;
}

}  // namespace

void print_constants(const std::vector<Constant>& constants) {
  const auto path = width_of(constants, &Constant::path, "constant");
  const auto value = width_of(constants, &Constant::value, "value");
  const auto range = width_of(constants, &Constant::range, "range");
  const auto row = [&](auto... cells) { fmt::print("{:<{}}  {:<{}}  {:<{}}  {}\n", cells...); };
  fmt::print("\n");
  row("constant", path, "value", value, "range", range, "source");
  for (const auto& c : constants) row(c.path, path, c.value, value, c.range, range, c.source);
}

std::vector<JsonObject> constants_json(const std::vector<Constant>& constants) {
  std::vector<JsonObject> rows;
  for (const auto& c : constants) {
    rows.emplace_back()
        .set("constant", c.path)
        .set("value", c.value)
        .set("range", c.range)
        .set("source", c.source);
  }
  return rows;
}

}  // namespace dwmtj
