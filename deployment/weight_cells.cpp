// SPDX-License-Identifier: Apache-2.0
#include "deployment/weight_cells.h"

#include <cstdlib>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

// Half of the columns hold the magnitude.
bool has_pairs(const CoreShape& core) {
  return core.columns_per_weight % 2 == 0 &&
         core.columns_per_weight / 2 * bits_of_cell(core.levels) >= core.weight_bits - 1;
}

}  // namespace

WeightCells cells_of_weight(const CoreShape& core, std::optional<int> bits, int levels) {
  const int wanted = bits.value_or(core.weight_bits);
  if (wanted < 2 || wanted > 16) {
    throw InputError(fmt::format("--bits: expected 2 to 16, not {}", wanted));
  }
  return {wanted, bits_of_cell(levels), has_pairs(core)};
}

PairLevels levels_of_digit(const WeightCells& cells, int value, int digit) {
  const int whole = cells.pairs ? std::abs(value) : value + (1 << (cells.bits - 1));
  const int level = whole >> (digit * cells.bits_per_cell) & (cells.levels() - 1);
  return cells.pairs && value < 0 ? PairLevels{0, level} : PairLevels{level, 0};
}

std::vector<std::int64_t> level_counts(const WeightMatrix& weights, const WeightCells& cells) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(cells.levels()), 0);
  for (const auto value : quantise(weights, cells.bits, ScaleOf::output).values) {
    for (int digit = 0; digit < cells.digits(); ++digit) {
      const auto levels = levels_of_digit(cells, value, digit);
      ++counts[static_cast<std::size_t>(levels.plus)];
      if (cells.pairs) ++counts[static_cast<std::size_t>(levels.minus)];
    }
  }
  return counts;
}

}  // namespace dwmtj
