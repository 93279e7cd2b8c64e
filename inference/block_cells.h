// SPDX-License-Identifier: Apache-2.0
// Where the weights of a block lie: in the layer's matrix, and in the array.
#pragma once

#include "common/index.h"
#include "mapping/tiling.h"

namespace dwmtj {

// Calls cell(weight, row, column) for those of the block; the column is that of a pair.
template <typename Cell>
void each_cell(const Tiling& tiling, const Block& block, const Cell& cell) {
  for (std::int64_t g = 0; g < block.groups; ++g) {
    for (std::int64_t c = 0; c < block.columns; ++c) {
      const auto output = (block.first_group + g) * tiling.columns + block.first_column + c;
      for (std::int64_t r = 0; r < block.rows; ++r) {
        cell(index(output * tiling.rows + block.first_row + r), g * block.rows + r,
             g * block.columns + c);
      }
    }
  }
}

}  // namespace dwmtj
