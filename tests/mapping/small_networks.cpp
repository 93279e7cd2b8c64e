// SPDX-License-Identifier: Apache-2.0
#include "tests/mapping/small_networks.h"

namespace dwmtj {

// Convolutions have windows of one position.
Layer layer_of(const LayerSize& size) {
  Layer layer;
  layer.kind = size.windows == 1 ? LayerKind::dense : LayerKind::convolution;
  layer.groups = size.groups;
  layer.input = {size.inputs * size.groups, 1, size.windows};
  layer.output = {size.outputs, 1, size.windows};
  layer.input_stride = layer.output_stride = size.windows;
  layer.weights.inputs = size.inputs;
  layer.weights.outputs = size.outputs;
  return layer;
}

Network network_of(const std::vector<LayerSize>& sizes) {
  Network network;
  network.name = "small";
  Layer image;
  image.output = image.input = layer_of(sizes.at(0)).input;
  image.output_stride = sizes[0].windows;
  network.layers.push_back(image);
  for (const auto& size : sizes) {
    auto layer = layer_of(size);
    layer.name = "layer " + std::to_string(network.layers.size() / 2);
    layer.inputs = {network.layers.size() - 1};
    network.layers.push_back(layer);
    Layer activation;
    activation.kind = LayerKind::activation;
    activation.inputs = {network.layers.size() - 1};
    activation.input = activation.output = layer.output;
    activation.input_stride = activation.output_stride = layer.output_stride;
    network.layers.push_back(activation);
  }
  network.outputs = {network.layers.size() - 1};
  return network;
}

}  // namespace dwmtj
