// SPDX-License-Identifier: Apache-2.0
#include "mapping/tiling.h"

#include <algorithm>

#include "mapping/division.h"

namespace dwmtj {

std::int64_t Tiling::arrays() const {
  return divide_up(groups, groups_per_array) * row_splits * column_splits;
}

Block Tiling::block(std::int64_t index) const {
  Block block;
  const auto row = index % row_splits;
  const auto column = index / row_splits % column_splits;
  block.first_group = index / row_splits / column_splits * groups_per_array;
  block.groups = std::min(groups_per_array, groups - block.first_group);
  block.first_row = row * block_rows;
  block.rows = std::min(block_rows, rows - block.first_row);
  block.first_column = column * block_columns;
  block.columns = std::min(block_columns, columns - block.first_column);
  return block;
}

Tiling tile_layer(const Layer& layer, const ArrayGrid& grid) {
  Tiling tiling;
  tiling.groups = layer.groups;
  tiling.rows = layer.weights.inputs;
  tiling.columns = layer.weights.outputs / layer.groups;
  tiling.block_rows = std::min<std::int64_t>(tiling.rows, grid.rows);
  tiling.block_columns = std::min<std::int64_t>(tiling.columns, grid.weights_across());
  tiling.row_splits = divide_up(tiling.rows, grid.rows);
  tiling.column_splits = divide_up(tiling.columns, grid.weights_across());
  if (tiling.row_splits * tiling.column_splits == 1) {
    const auto fit = std::min(grid.rows / tiling.rows, grid.weights_across() / tiling.columns);
    tiling.groups_per_array = std::min(tiling.groups, fit);
  }
  return tiling;
}

}  // namespace dwmtj
