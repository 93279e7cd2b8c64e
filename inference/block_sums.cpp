// SPDX-License-Identifier: Apache-2.0
#include "inference/block_sums.h"

#include "common/index.h"

namespace dwmtj {

BlockSums::BlockSums(const Layer& layer, int images, std::int64_t rows)
    : outputs_(index(layer.weights.outputs)),
      each_(index(layer.output.elements())),
      images_(index(images)) {
  const auto inputs = layer.weights.inputs;
  Layer bare = layer;
  bare.weights.bias.clear();
  for (std::int64_t first = 0; first < inputs; first += rows) {
    auto weights = *layer.weights.values;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const auto row = static_cast<std::int64_t>(i) % inputs;
      if (row < first || row >= first + rows) weights[i] = 0;
    }
    blocks_.emplace_back(bare, images, weights.data());
  }
}

void BlockSums::sample(const Chunk& chunk, const float* in, std::size_t stride,
                       std::vector<float>& to) const {
  Workspace workspace;
  std::vector<std::vector<float>> sums(blocks_.size());
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    sums[b].resize(each_ * images_);
    blocks_[b].run(chunk, in, sums[b].data(), workspace);
  }
  for (std::size_t at = 0; at < each_ * index(chunk.count); at += stride * outputs_) {
    for (const auto& block : sums) {
      const auto first = block.begin() + static_cast<std::ptrdiff_t>(at);
      to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(outputs_));
    }
  }
}

}  // namespace dwmtj
