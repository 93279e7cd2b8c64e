// SPDX-License-Identifier: Apache-2.0
#include "inference/float_products.h"

namespace dwmtj {

FloatProduct::FloatProduct(const Layer& layer, int images, const float* weights)
    : convolution_(layer, images, ProductType::single),
      weights_(convolution_.pack(weights)),
      bias_(layer.weights.bias) {
  bias_.resize(static_cast<std::size_t>(layer.weights.outputs), 0.0F);
}

void FloatProduct::run(const Chunk&, const float* in, float* out, Workspace& workspace) const {
  convolution_.run(in, weights_, bias_.data(), out, workspace.library);
}

ForwardPass<float>::Products float_products(const ForwardPlan& plan) {
  const int images = chunk_of(plan);
  ForwardPass<float>::Products products(plan.steps.size());
  for (std::size_t i = 0; i < products.size(); ++i) {
    const auto* const layer = plan.steps[i].layer;
    if (layer == nullptr || !layer->has_weights()) continue;
    products[i] = std::make_shared<FloatProduct>(*layer, images, layer->weights.values->data());
  }
  return products;
}

}  // namespace dwmtj
