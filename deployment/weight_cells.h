// SPDX-License-Identifier: Apache-2.0
// How weights of some bits sit on cells of some levels.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "architecture/core_parameters.h"
#include "networks/network.h"
#include "networks/quantisation.h"
#include "networks/weight_digits.h"

namespace dwmtj {

// Weights of `bits`, or of the core's own if none, on cells of `levels` levels. Whether a core has
// pairs shows in its columns per weight. Throws InputError: bits are not 2 to 16.
WeightCells cells_of_weight(const CoreShape& core, std::optional<int> bits, int levels);

// The levels of the cells of one digit of a weight, 0 the lowest; without pairs, `minus` is not
// there. `value` is an integer of so many bits.
PairLevels levels_of_digit(const WeightCells& cells, int value, int digit);

// Of all weights of a layer, how many cells are to be at each level; plus and minus cells alike.
std::vector<std::int64_t> level_counts(const WeightMatrix& weights, const WeightCells& cells);

}  // namespace dwmtj
