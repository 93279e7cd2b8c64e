// SPDX-License-Identifier: Apache-2.0
// Operands of integer_product() and byte_product() from plain matrices [image][feature].
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dwmtj {

// What goes into a layer: each value is a byte less `offset`. Features are a multiple of four.
struct InputBatch {
  InputBatch(std::size_t most_images, std::size_t features, int offset);

  void pack_features(std::size_t images);  // after `bytes` has changed
  void pack_images(std::size_t images);

  std::size_t features;
  int offset;
  std::vector<std::uint8_t> bytes;          // [image][feature]
  std::vector<std::int32_t> feature_words;  // [feature / 4][image]: to sum over features
  std::vector<std::int32_t> image_words;    // [image / 2][feature]: values, to sum over images
};

// Of what comes out of a layer. Features are even.
struct GradientBatch {
  GradientBatch(std::size_t most_images, std::size_t features);

  void pack(std::size_t images);  // after `values` has changed

  std::size_t features;
  std::vector<std::int16_t> values;         // [image][feature]
  std::vector<std::int32_t> feature_words;  // [feature / 2][image]
  std::vector<std::int32_t> image_words;    // [image / 2][feature]
};

// Rounds `values` to 16 bits in a unit that is a power of two, as small as lets no value leave
// +-limit; the unit. To nearest, ties to even.
float to_whole_numbers(const std::vector<float>& values, int limit,
                       std::vector<std::int16_t>& result);

}  // namespace dwmtj
