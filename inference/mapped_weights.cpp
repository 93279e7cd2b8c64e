// SPDX-License-Identifier: Apache-2.0
#include "inference/mapped_weights.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/name_text.h"

namespace dwmtj {
namespace {

// Linear between the neighbours in rank, as numpy has it.
double percentile_of(std::vector<float> values, double percentile) {
  const double rank = percentile / 100.0 * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(rank));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), at, values.end());
  const double low = *at;
  if (below + 1 == values.size()) return low;
  const double high = *std::min_element(at + 1, values.end());
  return low + (rank - static_cast<double>(below)) * (high - low);
}

double limit_of(const std::vector<float>& values, double percentile) {
  const double limit = std::max(std::abs(percentile_of(values, percentile)),
                                std::abs(percentile_of(values, 100.0 - percentile)));
  return limit > 0 ? limit : 1.0;  // weights that are all zero have any
}

// The shares half-way between neighbouring levels.
std::vector<double> borders_of(const LevelSet& levels) {
  std::vector<double> borders;
  for (std::size_t i = 1; i < levels.conductance.size(); ++i) {
    borders.push_back((levels.share(static_cast<int>(i) - 1) + levels.share(static_cast<int>(i))) /
                      2);
  }
  return borders;
}

}  // namespace

double MappedWeights::share(const LevelSet& set, std::size_t i) const {
  if (levels.empty()) return shares[i];
  const int level = levels[i];
  return level < 0 ? -set.share(-level) : set.share(level);
}

MappedWeights map_weights(const Layer& layer, const LevelSet& levels, double percentile) {
  const auto& values = *layer.weights.values;
  for (const auto value : values) {
    if (!std::isfinite(value)) {
      throw InputError(fmt::format("layer '{}': expected finite weights", printable(layer.name)));
    }
  }
  MappedWeights mapped;
  mapped.limit = limit_of(values, percentile);
  const auto borders = borders_of(levels);
  for (const auto value : values) {
    const double share = value / mapped.limit;
    mapped.clipped += std::abs(share) > 1.0 ? 1 : 0;
    if (levels.is_continuous()) {
      mapped.shares.push_back(static_cast<float>(std::clamp(share, -1.0, 1.0)));
      continue;
    }
    const auto border = std::lower_bound(borders.begin(), borders.end(), std::abs(share));
    const auto level = static_cast<std::int16_t>(border - borders.begin());
    mapped.levels.push_back(static_cast<std::int16_t>(share < 0 ? -level : level));
  }
  return mapped;
}

}  // namespace dwmtj
