// SPDX-License-Identifier: Apache-2.0
#include "learning/standing_images.h"

#include <algorithm>

#include "learning/on_unit.h"

namespace dwmtj {
namespace {

DWMTJ_INLINE void add_product(const std::uint8_t* pixels, std::size_t images, int factor,
                              std::int32_t* sums) {
  for (std::size_t b = 0; b < images; ++b) sums[b] += factor * pixels[b];
}

// Block by block: a stride through all images is slow.
DWMTJ_INLINE void transpose_sums(const std::int32_t* from, std::size_t stride, std::size_t rows,
                                 std::size_t columns, std::int32_t* to) {
  constexpr std::size_t kBlock = 16;
  for (std::size_t first = 0; first < rows; first += kBlock) {
    const std::size_t end = std::min(first + kBlock, rows);
    for (std::size_t c = 0; c < columns; ++c) {
      for (std::size_t r = first; r < end; ++r) to[c * rows + r] = from[r * stride + c];
    }
  }
}

}  // namespace

StandingImages::StandingImages(const LabelledImages& data)
    : data_(data), pixels_(data.pixels.size()) {
  const std::size_t pixels = data.pixels_an_image();
  for (std::size_t b = 0; b < data.size(); ++b) {
    for (std::size_t p = 0; p < pixels; ++p) pixels_[p * data.size() + b] = data.image(b)[p];
  }
}

void StandingImages::follow(const WeightLayer& layer) {
  const auto& shape = layer.shape();
  multipliers_.resize(shape.weights());
  sums_.resize(shape.columns() * data_.size());
  for (std::size_t o = 0; o < shape.outputs; ++o) follow_output(layer, o);
}

// An output at a time, whose sums are in the cache.
void StandingImages::follow_output(const WeightLayer& layer, std::size_t output) {
  const std::size_t columns = layer.shape().columns();
  for (std::size_t p = 0; p < data_.pixels_an_image(); ++p) {
    const std::int8_t now = layer.multipliers()[p * columns + output];
    auto& before = multipliers_[p * columns + output];
    if (now == before) continue;
    on_unit<add_product>(widest_vector_unit(), &pixels_[p * data_.size()], data_.size(),
                         now - before, &sums_[output * data_.size()]);
    before = now;
  }
}

void StandingImages::sums(std::size_t first, std::size_t images, std::int32_t* result) const {
  const std::size_t outputs = sums_.size() / data_.size();
  transpose_sums(&sums_[first], data_.size(), outputs, images, result);
}

}  // namespace dwmtj
