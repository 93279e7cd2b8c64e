// SPDX-License-Identifier: Apache-2.0
#include "mapping/array_grid.h"

#include <initializer_list>
#include <utility>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {

void check(const ArrayGrid& grid) {
  const std::initializer_list<std::pair<const char*, int>> numbers = {{"cores", grid.cores},
                                                                      {"arrays", grid.arrays},
                                                                      {"rows", grid.rows},
                                                                      {"columns", grid.columns},
                                                                      {"slices", grid.slices}};
  for (const auto& [name, value] : numbers) {
    if (value < 1) throw InputError(fmt::format("{}: {}: expected at least 1", name, value));
  }
  if (grid.slices > grid.columns) {
    throw InputError(fmt::format("slices: {}: expected at most the {} columns of an array",
                                 grid.slices, grid.columns));
  }
}

double utilisation(const ArrayGrid& grid, std::int64_t weights, std::int64_t arrays) {
  if (arrays == 0) return 0.0;
  return static_cast<double>(weights) * grid.slices /
         (static_cast<double>(arrays) * grid.rows * grid.columns);
}

}  // namespace dwmtj
