// SPDX-License-Identifier: Apache-2.0
// A layer's products of some of its rows alone: what one column of arrays is read for.
#pragma once

#include <cstddef>
#include <vector>

#include "inference/float_products.h"

namespace dwmtj {

class BlockSums {
 public:
  // Arrays of so many rows; chunks of so many images.
  BlockSums(const Layer& layer, int images, std::int64_t rows);

  [[nodiscard]] std::size_t blocks() const { return blocks_.size(); }
  // Appends those of every `stride`-th position of the chunk, all blocks and outputs.
  void sample(const Chunk& chunk, const float* in, std::size_t stride,
              std::vector<float>& to) const;

 private:
  std::size_t outputs_;
  std::size_t each_;  // values of an image
  std::size_t images_;
  std::vector<FloatProduct> blocks_;
};

}  // namespace dwmtj
