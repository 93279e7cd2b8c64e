// SPDX-License-Identifier: Apache-2.0
#include "inference/converter_range.h"

#include <algorithm>
#include <cmath>

namespace dwmtj {
namespace {

// The mean magnitude of what a converter over [low, high] gets wrong.
double error_of(const std::vector<float>& values, double low, double high, double steps) {
  if (!(high > low)) return HUGE_VAL;
  const double step = (high - low) / steps;
  double sum = 0;
  for (const double value : values) {
    const double inside = std::clamp(value, low, high);
    sum += std::abs(low + step * std::nearbyint((inside - low) / step) - value);
  }
  return sum;
}

}  // namespace

LayerRange::Ends best_range(std::vector<float> values, int bits) {
  if (values.empty()) return {0, 1};
  std::sort(values.begin(), values.end());
  const auto& sorted = values;
  const auto at = [&](double share) {
    return double{sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]};
  };
  LayerRange::Ends best{0, 1};
  double least = HUGE_VAL;
  for (const double left_out : {0.0, 0.0001, 0.001, 0.005, 0.01, 0.02}) {
    const double largest = std::max(std::abs(at(left_out / 2)), std::abs(at(1 - left_out / 2)));
    const LayerRange::Ends range{sorted.front() < 0 ? -largest : 0.0, largest};
    const double error = error_of(sorted, range.low, range.high, std::ldexp(1.0, bits) - 1);
    if (error < least) {
      least = error;
      best = range;
    }
  }
  return best;
}

}  // namespace dwmtj
