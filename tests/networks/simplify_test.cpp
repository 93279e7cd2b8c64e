// SPDX-License-Identifier: Apache-2.0
#include "networks/simplify.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/networks/reference_forward.h"

namespace dwmtj {
namespace {

using Floats = std::vector<float>;

Layer layer(LayerKind kind, std::vector<std::size_t> inputs, TensorShape input,
            TensorShape output) {
  Layer layer;
  layer.kind = kind;
  layer.inputs = std::move(inputs);
  layer.input = input;
  layer.output = output;
  layer.input_stride = input.positions();  // channel by channel, as images lie
  layer.output_stride = output.positions();
  return layer;
}

Layer weighted(LayerKind kind, std::size_t from, TensorShape input, TensorShape output,
               std::int64_t kernel, std::int64_t groups = 1) {
  auto result = layer(kind, {from}, input, output);
  const auto inputs = input.channels / groups * kernel * kernel;
  std::mt19937 random(static_cast<std::uint32_t>(from));
  std::normal_distribution<float> normal;
  Floats values(static_cast<std::size_t>(output.channels * inputs));
  for (auto& value : values) value = normal(random);
  result.weights = {output.channels, inputs, std::make_shared<Floats>(values), {}};
  result.groups = groups;
  result.window.kernel = {kernel, kernel};
  return result;
}

Layer scale(std::size_t from, TensorShape shape, Floats factor, Floats offset) {
  auto result = layer(LayerKind::scale, {from}, shape, shape);
  result.factor = std::move(factor);
  result.offset = std::move(offset);
  return result;
}

const TensorShape kImage{4, 5, 5};
const TensorShape kSmall{4, 3, 3};
const Floats kFactor{2, -1, 0.5, 3};
const Floats kOffset{1, 0, -2, 0.25};

// Simplifies, and checks that the network still computes the same.
Network simplified(Network network, std::size_t layers) {
  std::mt19937 random(5);
  std::normal_distribution<> normal;
  std::vector<double> input(static_cast<std::size_t>(network.layers[0].output.elements()));
  for (auto& value : input) value = normal(random);
  const auto before = reference_forward(network, input);
  simplify(network);
  EXPECT_EQ(network.layers.size(), layers);
  const auto after = reference_forward(network, input);
  EXPECT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_NEAR(after[i], before[i], 1e-5) << i;
  return network;
}

Layer input() { return layer(LayerKind::input, {}, kImage, kImage); }

TEST(Simplify, ByHand) {
  Network network{"", {layer(LayerKind::input, {}, {1, 1, 1}, {1, 1, 1})}, {2}};
  network.layers.push_back(weighted(LayerKind::dense, 0, {1, 1, 1}, {2, 1, 1}, 1));
  network.layers[1].weights = {2, 1, std::make_shared<Floats>(Floats{2, 3}), {1, 0}};
  network.layers.push_back(scale(1, {2, 1, 1}, {6, 10}, {-8.5, 1}));
  simplify(network);
  ASSERT_EQ(network.layers.size(), 2U);
  EXPECT_EQ(*network.layers[1].weights.values, (Floats{12, 30}));
  EXPECT_EQ(network.layers[1].weights.bias, (Floats{-2.5, 1}));  // 1 x 6 - 8.5
  EXPECT_EQ(network.outputs, (std::vector<std::size_t>{1}));
}

TEST(Simplify, ScaleBehindAConvolution) {
  for (const std::int64_t groups : {1, 2, 4}) {
    simplified({"",
                {input(), weighted(LayerKind::convolution, 0, kImage, kSmall, 3, groups),
                 scale(1, kSmall, kFactor, kOffset)},
                {2}},
               2);
  }
}

TEST(Simplify, ScaleBeforeAConvolution) {
  for (const std::int64_t groups : {1, 2, 4}) {
    simplified({"",
                {input(), scale(0, kImage, kFactor, kOffset),
                 weighted(LayerKind::convolution, 1, kImage, kSmall, 3, groups)},
                {2}},
               2);
  }
}

TEST(Simplify, ScaleBeforeAFlattenedImage) {
  simplified({"",
              {input(), scale(0, kImage, kFactor, kOffset),
               weighted(LayerKind::dense, 1, {100, 1, 1}, {7, 1, 1}, 1)},
              {2}},
             2);
}

TEST(Simplify, OffsetsBeforePaddingStay) {
  auto padded = weighted(LayerKind::convolution, 1, kImage, kImage, 3);
  padded.window.pad_before = padded.window.pad_after = {1, 1, 0};
  simplified({"", {input(), scale(0, kImage, kFactor, kOffset), padded}, {2}}, 3);
  simplified({"", {input(), scale(0, kImage, kFactor, {0, 0, 0, 0}), padded}, {2}}, 2);
}

TEST(Simplify, ScalesMerge) {
  simplified({"",
              {input(), scale(0, kImage, kFactor, kOffset), scale(1, kImage, {3}, {-1}),
               layer(LayerKind::activation, {2}, kImage, kImage)},
              {3}},
             3);
}

TEST(Simplify, AConvolutionThatOthersReadStays) {
  const auto network = simplified(
      {"",
       {input(), weighted(LayerKind::convolution, 0, kImage, kSmall, 3),
        scale(1, kSmall, kFactor, kOffset), layer(LayerKind::add, {2, 1}, kSmall, kSmall)},
       {3}},
      4);
  EXPECT_EQ(network.layers[2].kind, LayerKind::scale);
  simplified({"",
              {input(), weighted(LayerKind::convolution, 0, kImage, kSmall, 3),
               scale(1, kSmall, kFactor, kOffset)},
              {2, 1}},
             3);
}

TEST(Simplify, SharedWeightsAreNotScaledForTheOther) {
  Network network{
      "",
      {input(), weighted(LayerKind::convolution, 0, kImage, kSmall, 3),
       weighted(LayerKind::convolution, 0, kImage, kSmall, 3), scale(1, kSmall, kFactor, kOffset),
       layer(LayerKind::add, {3, 2}, kSmall, kSmall)},
      {4}};
  network.layers[2].weights = network.layers[1].weights;
  simplified(network, 4);
}

TEST(Simplify, WhatNoOutputNeedsGoes) {
  const auto network = simplified({"",
                                   {input(), layer(LayerKind::activation, {0}, kImage, kImage),
                                    layer(LayerKind::activation, {0}, kImage, kImage)},
                                   {2}},
                                  2);
  EXPECT_EQ(network.layers[1].inputs, (std::vector<std::size_t>{0}));
}

}  // namespace
}  // namespace dwmtj
