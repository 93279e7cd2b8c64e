// SPDX-License-Identifier: Apache-2.0
#include "networks/network.h"

#include <array>

namespace dwmtj {
namespace {

constexpr std::array kKinds = {
    "input",    "convolution",  "dense",    "scale",    "activation", "softmax", "normalisation",
    "max pool", "average pool", "add",      "subtract", "multiply",   "concat",  "mean",
    "product",  "recurrent",    "resample", "constant", "rearrange"};
static_assert(kKinds.size() == kLayerKinds, "a name a LayerKind");

constexpr std::array kFunctions = {
    "relu",         "leaky relu", "clip",    "sign",   "sigmoid",     "tanh",
    "hard sigmoid", "hard swish", "elu",     "selu",   "celu",        "softplus",
    "softsign",     "erf",        "abs",     "negate", "exponential", "logarithm",
    "square root",  "reciprocal", "quantise"};
static_assert(kFunctions.size() == kActivations, "a name an Activation");

template <typename Figure>
std::int64_t sum(const std::vector<Layer>& layers, Figure figure) {
  std::int64_t total = 0;
  for (const auto& layer : layers) total += figure(layer);
  return total;
}

}  // namespace

const char* name_of(LayerKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

const char* name_of(Activation function) {
  return kFunctions.at(static_cast<std::size_t>(function));
}

std::int64_t Layer::windows() const { return has_weights() ? output.positions() : 0; }

std::int64_t Layer::macs() const {
  if (kind == LayerKind::product) {
    return product.batch * product.rows * product.inner * product.columns;
  }
  return windows() * weights.count();
}

std::int64_t Network::weights() const {
  return sum(layers, [](const Layer& layer) { return layer.weights.count(); });
}

std::int64_t Network::macs() const {
  return sum(layers, [](const Layer& layer) { return layer.macs(); });
}

}  // namespace dwmtj
