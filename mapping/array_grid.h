// SPDX-License-Identifier: Apache-2.0
// What the mapper needs to know of a chip: the arrays of its cores, and their size.
#pragma once

#include <cstdint>

namespace dwmtj {

struct ArrayGrid {
  int cores = 1;    // numbered along the interconnect
  int arrays = 1;   // of a core
  int rows = 1;     // of an array: inputs
  int columns = 1;  // of an array; a differential pair counts once
  int slices = 1;   // columns that a weight takes, side by side in one array

  [[nodiscard]] std::int64_t all_arrays() const { return std::int64_t{cores} * arrays; }
  // Whole weights that fit side by side.
  [[nodiscard]] int weights_across() const { return columns / slices; }
};

// Throws InputError unless all are at least 1 and a weight's slices fit into an array.
void check(const ArrayGrid& grid);

// The share of the cells of so many arrays that so many weights take.
double utilisation(const ArrayGrid& grid, std::int64_t weights, std::int64_t arrays);

}  // namespace dwmtj
