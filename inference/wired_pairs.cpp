// SPDX-License-Identifier: Apache-2.0
#include "inference/wired_pairs.h"

#include <algorithm>

#include <tbb/task_arena.h>

#include "common/interrupt.h"
#include "inference/block_cells.h"

namespace dwmtj {

void apply_wires(const LayerToWrite& what, const LevelSet& levels, const WireResistances& wires,
                 PairConductances& pairs) {
  for (std::int64_t i = 0; i < what.tiling.arrays() && !interrupted(); ++i) {
    const auto block = what.tiling.block(i);
    const auto rows = block.groups * block.rows;
    const int digits = what.weights.digits();
    const auto columns = 2 * std::int64_t{digits} * block.groups * block.columns;
    std::vector<double> matrix(index(rows * columns), levels.least);
    const auto plus_of = [&](std::int64_t row, std::int64_t column) {
      return index(row * columns + 2 * column);
    };
    each_cell(what.tiling, block, digits,
              [&](std::size_t pair, std::int64_t row, std::int64_t column) {
                matrix[plus_of(row, column)] = pairs.plus[pair];
                matrix[plus_of(row, column) + 1] = pairs.minus[pair];
              });
    const Crossbar crossbar(static_cast<int>(rows), static_cast<int>(columns), std::move(matrix),
                            wires);
    const auto seen = crossbar.effective_matrix(tbb::this_task_arena::max_concurrency());
    each_cell(what.tiling, block, digits,
              [&](std::size_t pair, std::int64_t row, std::int64_t column) {
                pairs.plus[pair] = static_cast<float>(seen[plus_of(row, column)]);
                pairs.minus[pair] = static_cast<float>(seen[plus_of(row, column) + 1]);
              });
  }
}

}  // namespace dwmtj
