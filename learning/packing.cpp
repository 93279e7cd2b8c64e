// SPDX-License-Identifier: Apache-2.0
#include "learning/packing.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "learning/integer_product.h"

namespace dwmtj {
namespace {

// The nearest whole number of a small one, in vector code: its bits come to stand at the end.
std::int16_t nearest(float value) {
  const float shifted = value + 0x1.8p23F;
  std::int32_t bits = 0;
  std::memcpy(&bits, &shifted, sizeof bits);
  return static_cast<std::int16_t>(bits - 0x4b400000);
}

}  // namespace

BatchMatrix::BatchMatrix(std::size_t most_images, std::size_t even_features)
    : features(even_features),
      values(most_images * even_features),
      feature_pairs(most_images * even_features / 2),
      image_pairs((most_images + 1) / 2 * even_features) {}

void BatchMatrix::pack(std::size_t images) {
  for (std::size_t b = 0; b < images; ++b) {
    const std::int16_t* const row = &values[b * features];
    for (std::size_t k = 0; k < features / 2; ++k) {
      feature_pairs[k * images + b] = packed(row[2 * k], row[2 * k + 1]);
    }
  }
  for (std::size_t b = 0; b < images; b += 2) {
    const std::int16_t* const even = &values[b * features];
    const bool last = b + 1 == images;
    std::int32_t* const to = &image_pairs[b / 2 * features];
    for (std::size_t f = 0; f < features; ++f)
      to[f] = packed(even[f], last ? std::int16_t{0} : even[features + f]);
  }
}

float to_whole_numbers(const std::vector<float>& values, int limit,
                       std::vector<std::int16_t>& result) {
  float largest = 0.0F;
  for (const float value : values) largest = std::max(largest, std::abs(value));
  int exponent = 1;
  if (largest > 0.0F) std::frexp(static_cast<float>(limit) / largest, &exponent);
  const float scale = std::ldexp(1.0F, std::min(exponent, 100) - 1);
  for (std::size_t i = 0; i < values.size(); ++i) result[i] = nearest(values[i] * scale);
  return 1.0F / scale;
}

}  // namespace dwmtj
