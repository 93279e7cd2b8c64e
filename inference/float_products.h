// SPDX-License-Identifier: Apache-2.0
// Layers with weights in single precision: the network as its training framework computes it, or
// with effective weights that devices have.
#pragma once

#include "inference/convolution.h"
#include "inference/forward_pass.h"

namespace dwmtj {

class FloatProduct : public Product<float> {
 public:
  // `weights` in the order of the layer's matrix.
  FloatProduct(const Layer& layer, int images, const float* weights);

  void run(const Chunk& chunk, const float* in, float* out, Workspace& workspace) const override;

 private:
  Convolution convolution_;
  Convolution::Packed weights_;
  std::vector<float> bias_;
};

// With the network's own weights.
ForwardPass<float>::Products float_products(const ForwardPlan& plan);

}  // namespace dwmtj
