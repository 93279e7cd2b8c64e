// SPDX-License-Identifier: Apache-2.0
// Images of 4 x 4 pixels that are easy to tell apart: of class c, pixel c is bright, in noise.
#pragma once

#include "common/random_stream.h"
#include "learning/perceptron.h"

namespace dwmtj {

inline LabelledImages small_data(std::size_t size, std::uint64_t seed) {
  LabelledImages data{4, 4, {}, {}};
  for (std::size_t i = 0; i < size; ++i) {
    const auto label = static_cast<std::uint8_t>(i % 10);
    data.labels.push_back(label);
    for (std::uint32_t p = 0; p < 16; ++p) {
      const auto noise = draw(seed, Stream::stimulus, i, p).words[0] % 150;
      data.pixels.push_back(static_cast<std::uint8_t>(p == label ? 255 - noise / 3 : noise));
    }
  }
  return data;
}

inline std::size_t count_right(Perceptron& network, const LabelledImages& data) {
  StandingImages images(data);
  return network.count_right(images);
}

}  // namespace dwmtj
