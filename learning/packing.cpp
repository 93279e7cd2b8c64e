// SPDX-License-Identifier: Apache-2.0
#include "learning/packing.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "learning/integer_product.h"
#include "learning/on_unit.h"

namespace dwmtj {
namespace {

// Words of neighbouring features, from [image][word] to [word][image].
DWMTJ_INLINE void transpose_words(const void* rows, std::size_t images, std::size_t words,
                                  std::int32_t* columns) {
  constexpr std::size_t kBlock = 16;
  const auto* const from = static_cast<const char*>(rows);
  for (std::size_t first = 0; first < words; first += kBlock) {
    const std::size_t end = std::min(first + kBlock, words);
    for (std::size_t b = 0; b < images; ++b) {
      for (std::size_t k = first; k < end; ++k) {
        std::memcpy(&columns[k * images + b], from + (b * words + k) * 4, 4);
      }
    }
  }
}

// Words of neighbouring images: the values of the even one below, those of the odd one above.
template <typename Value>
DWMTJ_INLINE void pair_images(const Value* values, std::size_t images, std::size_t features,
                              int offset, std::int32_t* words) {
  for (std::size_t b = 0; b < images; b += 2) {
    const Value* const even = values + b * features;
    std::int32_t* const to = words + b / 2 * features;
    if (b + 1 == images) {
      for (std::size_t f = 0; f < features; ++f) to[f] = (even[f] - offset) & 0xffff;
    } else {
      const Value* const odd = even + features;
      for (std::size_t f = 0; f < features; ++f) {
        to[f] = ((even[f] - offset) & 0xffff) | (odd[f] - offset) * 0x10000;
      }
    }
  }
}

DWMTJ_INLINE void pack_nearest(const float* values, std::size_t size, float scale,
                               std::int16_t* result) {
  for (std::size_t i = 0; i < size; ++i) {
    // The bits of a small whole number come to stand at the end.
    const float shifted = values[i] * scale + 0x1.8p23F;
    std::int32_t bits = 0;
    std::memcpy(&bits, &shifted, sizeof bits);
    result[i] = static_cast<std::int16_t>(bits - 0x4b400000);
  }
}

}  // namespace

InputBatch::InputBatch(std::size_t most_images, std::size_t features_of_each, int byte_offset)
    : features(features_of_each),
      offset(byte_offset),
      bytes(most_images * features),
      feature_words(most_images * features / 4),
      image_words((most_images + 1) / 2 * features) {}

void InputBatch::pack_features(std::size_t images) {
  transpose_words(bytes.data(), images, features / 4, feature_words.data());
}

void InputBatch::pack_images(std::size_t images) {
  on_unit<pair_images<std::uint8_t>>(widest_vector_unit(), bytes.data(), images, features, offset,
                                     image_words.data());
}

GradientBatch::GradientBatch(std::size_t most_images, std::size_t features_of_each)
    : features(features_of_each),
      values(most_images * features),
      feature_words(most_images * features / 2),
      image_words((most_images + 1) / 2 * features) {}

void GradientBatch::pack(std::size_t images) {
  transpose_words(values.data(), images, features / 2, feature_words.data());
  on_unit<pair_images<std::int16_t>>(widest_vector_unit(), values.data(), images, features, 0,
                                     image_words.data());
}

float to_whole_numbers(const std::vector<float>& values, int limit,
                       std::vector<std::int16_t>& result) {
  float largest = 0.0F;
  for (const float value : values) largest = std::max(largest, std::abs(value));
  int exponent = 1;
  if (largest > 0.0F) std::frexp(static_cast<float>(limit) / largest, &exponent);
  const float scale = std::ldexp(1.0F, std::min(exponent, 100) - 1);
  on_unit<pack_nearest>(widest_vector_unit(), values.data(), values.size(), scale, result.data());
  return 1.0F / scale;
}

}  // namespace dwmtj
