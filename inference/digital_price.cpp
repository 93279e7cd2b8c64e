// SPDX-License-Identifier: Apache-2.0
#include "inference/digital_price.h"

namespace dwmtj {
namespace {

// Of one value; 0: it takes more than adders, multipliers and comparisons.
std::int64_t operations_of(Activation function) {
  switch (function) {
    case Activation::relu:
    case Activation::sign:
    case Activation::abs:
    case Activation::negate:
      return 1;
    case Activation::leaky_relu:
    case Activation::clip:
      return 2;
    case Activation::hard_sigmoid:
    case Activation::quantise:
      return 4;
    case Activation::hard_swish:
      return 5;
    default:
      return 0;
  }
}

std::int64_t terms(const Window& window) {
  return window.kernel.depth * window.kernel.height * window.kernel.width;
}

}  // namespace

std::optional<std::int64_t> digital_operations(const Step& step) {
  switch (step.kind) {
    case LayerKind::scale:
      return 2 * step.elements;
    case LayerKind::activation: {
      const auto each = operations_of(step.layer->function);
      if (each == 0) return std::nullopt;
      return each * step.elements;
    }
    case LayerKind::max_pool:
      return terms(step.layer->window) * step.elements;
    case LayerKind::average_pool:
      return (terms(step.layer->window) + 1) * step.elements;
    case LayerKind::add:
    case LayerKind::subtract:
    case LayerKind::multiply:
    case LayerKind::concat:
    case LayerKind::rearrange:
      return step.elements;
    default:
      return std::nullopt;
  }
}

}  // namespace dwmtj
