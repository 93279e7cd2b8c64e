// SPDX-License-Identifier: Apache-2.0
// A layer's matrix cut into blocks, one an array. A convolution's matrix is that of im2col: for
// each group, its channels x kernel height x kernel width rows by its outputs.
#pragma once

#include <cstdint>

#include "mapping/array_grid.h"
#include "networks/network.h"

namespace dwmtj {

// What one array holds: as many times `rows` x `columns` weights as groups, each group with rows
// and columns of its own. Rows and columns count within a group.
struct Block {
  std::int64_t first_group = 0;
  std::int64_t groups = 1;
  std::int64_t first_row = 0;
  std::int64_t rows = 0;
  std::int64_t first_column = 0;
  std::int64_t columns = 0;

  [[nodiscard]] std::int64_t weights() const { return groups * rows * columns; }
};

struct Tiling {
  std::int64_t groups = 1;
  std::int64_t rows = 0;     // of a group
  std::int64_t columns = 0;  // of a group: outputs, each a weight wide
  std::int64_t block_rows = 0;
  std::int64_t block_columns = 0;
  std::int64_t groups_per_array = 1;  // above 1 only where a group fits into an array
  std::int64_t row_splits = 1;        // of a group
  std::int64_t column_splits = 1;

  [[nodiscard]] std::int64_t weights() const { return groups * rows * columns; }
  [[nodiscard]] std::int64_t arrays() const;
  // Of arrays() blocks: those of a group together, in there those that add up to the same outputs.
  [[nodiscard]] Block block(std::int64_t index) const;
};

// Of a layer with weights.
Tiling tile_layer(const Layer& layer, const ArrayGrid& grid);

}  // namespace dwmtj
