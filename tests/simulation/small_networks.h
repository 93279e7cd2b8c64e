// SPDX-License-Identifier: Apache-2.0
// Networks of a few tiles, with all that a chip has to do: signs, batch norms, windows and pools.
#pragma once

#include "tests/inference/networks.h"

namespace dwmtj::test {

inline Layer scale_layer(std::size_t before, std::int64_t channels) {
  Layer layer;
  layer.name = "norm" + std::to_string(before);
  layer.kind = LayerKind::scale;
  layer.inputs = {before};
  layer.input = layer.output = {channels, 1, 1};
  layer.factor.assign(static_cast<std::size_t>(channels), 0.75F);
  layer.offset.assign(static_cast<std::size_t>(channels), -0.125F);
  return layer;
}

// The paper's perceptron in small: batch norms, two signs.
inline Network sign_perceptron() {
  Network network;
  network.layers.push_back(input_layer({1, 6, 6}));
  const auto add = [&](std::int64_t outputs, std::int64_t inputs, unsigned seed, bool last) {
    network.layers.push_back(
        dense_layer(network.layers.size() - 1, random_weights(outputs, inputs, seed)));
    network.layers.push_back(scale_layer(network.layers.size() - 1, outputs));
    if (last) return;
    auto sign = relu_layer(network.layers.size() - 1, {outputs, 1, 1});
    sign.name = "sign" + std::to_string(seed);
    sign.function = Activation::sign;
    network.layers.push_back(sign);
  };
  add(16, 36, 3, false);
  add(12, 16, 4, false);
  add(4, 12, 5, true);
  network.outputs = {network.layers.size() - 1};
  return network;
}

inline Layer convolution_layer(std::size_t before, TensorShape in, std::int64_t channels,
                               unsigned seed) {
  Layer layer;
  layer.name = "conv" + std::to_string(before);
  layer.kind = LayerKind::convolution;
  layer.inputs = {before};
  layer.input = in;
  layer.output = {channels, in.height, in.width};
  layer.input_stride = in.positions();
  layer.output_stride = layer.output.positions();
  layer.window.kernel = {3, 3, 1};
  layer.window.pad_before = {1, 1, 0};
  layer.window.pad_after = {1, 1, 0};
  layer.weights = random_weights(channels, in.channels * 9, seed);
  layer.weights.bias.assign(static_cast<std::size_t>(channels), 0.05F);
  return layer;
}

inline Layer pool_layer(std::size_t before, TensorShape in) {
  Layer layer;
  layer.name = "pool" + std::to_string(before);
  layer.kind = LayerKind::max_pool;
  layer.inputs = {before};
  layer.input = in;
  layer.output = {in.channels, in.height / 2, in.width / 2};
  layer.input_stride = in.positions();
  layer.output_stride = layer.output.positions();
  layer.window.kernel = {2, 2, 1};
  layer.window.stride = {2, 2, 1};
  return layer;
}

// Two convolutions, each with a pool, and a dense layer.
inline Network small_convolutions() {
  Network network;
  network.layers = {input_layer({1, 6, 6}),
                    convolution_layer(0, {1, 6, 6}, 3, 6),
                    relu_layer(1, {3, 6, 6}),
                    pool_layer(2, {3, 6, 6}),
                    convolution_layer(3, {3, 3, 3}, 4, 7),
                    relu_layer(4, {4, 3, 3}),
                    dense_layer(5, random_weights(4, 36, 8))};
  network.outputs = {6};
  return network;
}

}  // namespace dwmtj::test
