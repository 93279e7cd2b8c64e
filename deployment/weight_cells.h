// SPDX-License-Identifier: Apache-2.0
// How weights of some bits sit on cells of some levels.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "architecture/core_parameters.h"
#include "networks/network.h"
#include "networks/quantisation.h"

namespace dwmtj {

// A signed weight, cut into digits of cell levels: of its magnitude, for a pair of cells each, or
// of the weight itself, moved up to be never negative.
struct WeightCells {
  int bits;
  int bits_per_cell;
  bool pairs;

  [[nodiscard]] int digits() const {
    return (bits - (pairs ? 1 : 0) + bits_per_cell - 1) / bits_per_cell;
  }
  [[nodiscard]] int columns() const { return (pairs ? 2 : 1) * digits(); }
  [[nodiscard]] int levels() const { return 1 << bits_per_cell; }  // that are used
};

// Weights of `bits`, or of the core's own if none, on cells of `levels` levels. Whether a core has
// pairs shows in its columns per weight. Throws InputError: bits are not 2 to 16.
WeightCells cells_of_weight(const CoreShape& core, std::optional<int> bits, int levels);

// The levels of the cells of one digit of a weight, 0 the lowest; without pairs, `minus` is not
// there. `value` is an integer of so many bits.
PairLevels levels_of_digit(const WeightCells& cells, int value, int digit);

// Of all weights of a layer, how many cells are to be at each level; plus and minus cells alike.
std::vector<std::int64_t> level_counts(const WeightMatrix& weights, const WeightCells& cells);

}  // namespace dwmtj
