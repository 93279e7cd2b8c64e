// SPDX-License-Identifier: Apache-2.0
#include "estimation/weight_cells.h"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "common/input_error.h"
#include "networks/quantisation.h"

namespace dwmtj {
namespace {

int bits_of(int levels) { return static_cast<int>(std::floor(std::log2(levels))); }

// Half of the columns hold the magnitude.
bool has_pairs(const CoreShape& core) {
  return core.columns_per_weight % 2 == 0 &&
         core.columns_per_weight / 2 * bits_of(core.levels) >= core.weight_bits - 1;
}

}  // namespace

WeightCells cells_of_weight(const CoreShape& core, std::optional<int> bits, int levels) {
  const int wanted = bits.value_or(core.weight_bits);
  if (wanted < 2 || wanted > 16) {
    throw InputError(fmt::format("--bits: expected 2 to 16, not {}", wanted));
  }
  return {wanted, bits_of(levels), has_pairs(core)};
}

std::vector<std::int64_t> level_counts(const WeightMatrix& weights, const WeightCells& cells) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(cells.levels()), 0);
  const int mask = cells.levels() - 1;
  const int offset = cells.pairs ? 0 : 1 << (cells.bits - 1);
  for (const auto value : quantise(weights, cells.bits, ScaleOf::output).values) {
    int left = cells.pairs ? std::abs(value) : value + offset;
    for (int digit = 0; digit < cells.digits(); ++digit, left >>= cells.bits_per_cell) {
      ++counts[static_cast<std::size_t>(left & mask)];
      if (cells.pairs) ++counts[0];  // the other cell
    }
  }
  return counts;
}

}  // namespace dwmtj
