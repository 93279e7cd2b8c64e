// SPDX-License-Identifier: Apache-2.0
#include "networks/network.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

Layer grouped_convolution() {
  Layer layer;
  layer.kind = LayerKind::convolution;
  layer.input = {6, 10, 8};
  layer.output = {4, 5, 4};
  layer.window = {{3, 3}, {2, 2}, {1, 1}, {1, 1}, {1, 1}};
  layer.groups = 2;
  layer.weights = {4, 27, std::make_shared<std::vector<float>>(4 * 27, 0.5F), {}};
  return layer;
}

TEST(Layer, FiguresOfAGroupedConvolution) {
  const auto layer = grouped_convolution();
  EXPECT_EQ(layer.windows(), 20);
  EXPECT_EQ(layer.weights.count(), 108);
  EXPECT_EQ(layer.macs(), 2160);
}

TEST(Layer, CopiesShareWeights) {
  const auto layer = grouped_convolution();
  const Layer copy = layer;
  EXPECT_EQ(copy.weights.row(3), layer.weights.row(3));
}

TEST(Layer, WithoutWeightsThereAreNoWindows) {
  Layer layer;
  layer.output = {3, 32, 32};
  EXPECT_EQ(layer.windows(), 0);
  EXPECT_EQ(layer.macs(), 0);
}

TEST(Network, TotalsAreSums) {
  const Network network{"two", {Layer{}, grouped_convolution(), grouped_convolution()}, {2}};
  EXPECT_EQ(network.weights(), 216);
  EXPECT_EQ(network.macs(), 4320);
}

TEST(Names, FirstAndLast) {
  EXPECT_STREQ(name_of(LayerKind::input), "input");
  EXPECT_STREQ(name_of(LayerKind::rearrange), "rearrange");
  EXPECT_STREQ(name_of(Activation::relu), "relu");
  EXPECT_STREQ(name_of(Activation::reciprocal), "reciprocal");
}

}  // namespace
}  // namespace dwmtj
