// SPDX-License-Identifier: Apache-2.0
// Operands of integer_product() from plain matrices [image][feature] of 16-bit numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dwmtj {

// A matrix of a batch, and the two forms in which products take it.
struct BatchMatrix {
  BatchMatrix(std::size_t most_images, std::size_t even_features);

  void pack(std::size_t images);  // after `values` has changed

  std::size_t features;
  std::vector<std::int16_t> values;         // [image][feature]
  std::vector<std::int32_t> feature_pairs;  // [feature / 2][image]: to sum over features
  std::vector<std::int32_t> image_pairs;    // [image / 2][feature]: to sum over images
};

// Rounds `values` to 16 bits in a unit that is a power of two, as small as lets no value leave
// +-limit; the unit. To nearest, ties to even.
float to_whole_numbers(const std::vector<float>& values, int limit,
                       std::vector<std::int16_t>& result);

}  // namespace dwmtj
