// SPDX-License-Identifier: Apache-2.0
// Networks made by hand, for tests of inference.
#pragma once

#include <memory>
#include <random>

#include "datasets/data_set.h"
#include "networks/network.h"

namespace dwmtj {

inline Layer input_layer(TensorShape shape) {
  Layer layer;
  layer.name = "input";
  layer.input = layer.output = shape;
  layer.input_stride = layer.output_stride = shape.positions();
  return layer;
}

inline WeightMatrix random_weights(std::int64_t outputs, std::int64_t inputs, unsigned seed) {
  std::mt19937 words(seed);
  auto values = std::make_shared<std::vector<float>>();
  for (std::int64_t i = 0; i < outputs * inputs; ++i) {
    values->push_back(static_cast<float>(words()) / 4294967296.0F - 0.5F);
  }
  return {outputs, inputs, values, {}};
}

// A dense layer on the values of `before`.
inline Layer dense_layer(std::size_t before, WeightMatrix weights) {
  Layer layer;
  layer.name = "dense" + std::to_string(before);
  layer.kind = LayerKind::dense;
  layer.inputs = {before};
  layer.input = {weights.inputs, 1, 1};
  layer.output = {weights.outputs, 1, 1};
  layer.weights = std::move(weights);
  return layer;
}

inline Layer relu_layer(std::size_t before, TensorShape shape) {
  Layer layer;
  layer.name = "relu" + std::to_string(before);
  layer.kind = LayerKind::activation;
  layer.inputs = {before};
  layer.input = layer.output = shape;
  layer.input_stride = layer.output_stride = shape.positions();
  return layer;
}

// 6 x 6 pixels, a hidden layer of 24, 4 classes.
inline Network small_perceptron() {
  Network network;
  network.layers = {input_layer({1, 6, 6}), dense_layer(0, random_weights(24, 36, 1)),
                    relu_layer(1, {24, 1, 1}), dense_layer(2, random_weights(4, 24, 2))};
  network.outputs = {3};
  return network;
}

inline DataSet random_images(int images, ImageShape shape, int classes) {
  DataSet data;
  data.name = "random";
  data.shape = shape;
  std::mt19937 words(7);
  for (std::int64_t i = 0; i < images * shape.elements(); ++i) {
    data.pixels.push_back(static_cast<std::uint8_t>(words() % 256));
  }
  for (int i = 0; i < images; ++i) {
    data.labels.push_back(static_cast<int>(words() % static_cast<unsigned>(classes)));
  }
  return data;
}

}  // namespace dwmtj
