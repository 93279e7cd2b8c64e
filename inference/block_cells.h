// SPDX-License-Identifier: Apache-2.0
// Where the pairs of a block lie: in the layer's matrix, and in the array.
#pragma once

#include "common/index.h"
#include "mapping/tiling.h"

namespace dwmtj {

// Calls cell(pair, row, column) for those of the block: `pair` as MappedWeights numbers them, the
// column that of a pair. The digits of a weight lie side by side, the least first.
template <typename Cell>
void each_cell(const Tiling& tiling, const Block& block, int digits, const Cell& cell) {
  for (std::int64_t g = 0; g < block.groups; ++g) {
    for (std::int64_t c = 0; c < block.columns; ++c) {
      const auto output = (block.first_group + g) * tiling.columns + block.first_column + c;
      const auto column = (g * block.columns + c) * digits;
      for (int d = 0; d < digits; ++d) {
        const auto first = d * tiling.weights() + output * tiling.rows + block.first_row;
        for (std::int64_t r = 0; r < block.rows; ++r) {
          cell(index(first + r), g * block.rows + r, column + d);
        }
      }
    }
  }
}

}  // namespace dwmtj
