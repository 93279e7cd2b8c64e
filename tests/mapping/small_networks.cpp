// SPDX-License-Identifier: Apache-2.0
#include "tests/mapping/small_networks.h"

namespace dwmtj {

Layer layer_of(const LayerSize& size) {
  Layer layer;
  layer.kind = size.windows == 1 ? LayerKind::dense : LayerKind::convolution;
  layer.groups = size.groups;
  layer.output = {size.outputs, 1, size.windows};
  layer.weights.inputs = size.inputs;
  layer.weights.outputs = size.outputs;
  return layer;
}

Network network_of(const std::vector<LayerSize>& sizes) {
  Network network;
  network.name = "small";
  network.layers.emplace_back();
  for (const auto& size : sizes) {
    network.layers.push_back(layer_of(size));
    network.layers.back().name = "layer " + std::to_string(network.layers.size() / 2 - 1);
    network.layers.emplace_back();
    network.layers.back().kind = LayerKind::activation;
  }
  return network;
}

}  // namespace dwmtj
