// SPDX-License-Identifier: Apache-2.0
#include "networks/quantisation.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr int kFewestBits = 2;
constexpr int kMostBits = 16;

double largest_magnitude(const float* weights, std::int64_t count) {
  double largest = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    if (!std::isfinite(weights[i])) throw InputError("weights: expected finite numbers");
    largest = std::max<double>(largest, std::abs(weights[i]));
  }
  return largest;
}

// Weights that are all zero have any scale.
double scale_of(const float* weights, std::int64_t count, int largest_level) {
  const double largest = largest_magnitude(weights, count);
  return largest == 0 ? 1.0 : largest / largest_level;
}

}  // namespace

int levels_of(int bits) {
  if (bits < kFewestBits || bits > kMostBits) {
    throw InputError(
        fmt::format("bits of a weight: {}: expected {} to {}", bits, kFewestBits, kMostBits));
  }
  return 1 << (bits - 1);
}

QuantisedMatrix quantise(const WeightMatrix& weights, int bits, ScaleOf scale) {
  const int largest_level = levels_of(bits) - 1;
  QuantisedMatrix result{bits, weights.outputs, weights.inputs, {}, {}};
  if (weights.count() == 0) return result;
  const bool one_scale = scale == ScaleOf::matrix;
  const auto block = one_scale ? weights.count() : weights.inputs;
  result.values.reserve(weights.values->size());
  for (std::int64_t first = 0; first < weights.count(); first += block) {
    const float* const values = weights.values->data() + first;
    result.scales.push_back(scale_of(values, block, largest_level));
    for (std::int64_t i = 0; i < block; ++i) {
      result.values.push_back(
          static_cast<std::int16_t>(std::lround(values[i] / result.scales.back())));
    }
  }
  return result;
}

}  // namespace dwmtj
