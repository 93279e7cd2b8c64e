// SPDX-License-Identifier: Apache-2.0
// The page's table of what a step costs the digital unit (docs/inference).
#include "inference/digital_price.h"

#include <map>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

constexpr std::int64_t kElements = 10;

std::optional<std::int64_t> price(LayerKind kind, const Layer& layer = {}) {
  Step step;
  step.kind = kind;
  step.layer = &layer;
  step.elements = kElements;
  return digital_operations(step);
}

TEST(DigitalPrice, OfFunctions) {
  const std::map<Activation, std::int64_t> prices = {
      {Activation::relu, 1},         {Activation::sign, 1},       {Activation::abs, 1},
      {Activation::negate, 1},       {Activation::leaky_relu, 2}, {Activation::clip, 2},
      {Activation::hard_sigmoid, 4}, {Activation::quantise, 4},   {Activation::hard_swish, 5}};
  for (const auto& [function, each] : prices) {
    Layer layer;
    layer.function = function;
    EXPECT_EQ(price(LayerKind::activation, layer), each * kElements) << name_of(function);
  }
  for (const auto function : {Activation::sigmoid, Activation::tanh, Activation::softplus}) {
    Layer layer;
    layer.function = function;
    EXPECT_EQ(price(LayerKind::activation, layer), std::nullopt) << name_of(function);
  }
}

TEST(DigitalPrice, OfWindowsAndTheRest) {
  Layer pool;
  pool.window.kernel = {2, 3, 5};
  EXPECT_EQ(price(LayerKind::max_pool, pool), 30 * kElements);
  EXPECT_EQ(price(LayerKind::average_pool, pool), 31 * kElements);
  EXPECT_EQ(price(LayerKind::scale), 2 * kElements);
  for (const auto kind : {LayerKind::add, LayerKind::subtract, LayerKind::multiply,
                          LayerKind::concat, LayerKind::rearrange}) {
    EXPECT_EQ(price(kind), kElements) << name_of(kind);
  }
  for (const auto kind : {LayerKind::softmax, LayerKind::convolution, LayerKind::dense,
                          LayerKind::normalisation, LayerKind::recurrent}) {
    EXPECT_EQ(price(kind), std::nullopt) << name_of(kind);
  }
}

}  // namespace
}  // namespace dwmtj
