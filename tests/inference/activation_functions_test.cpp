// SPDX-License-Identifier: Apache-2.0
#include "inference/activation_functions.h"

#include <cmath>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

double of(Activation function, double x, std::vector<float> parameters = {},
          std::int64_t channel = 0) {
  Layer layer;
  layer.kind = LayerKind::activation;
  layer.function = function;
  layer.parameters = std::move(parameters);
  return activation_of(layer, x, channel);
}

TEST(ActivationFunctions, OfStraightPieces) {
  EXPECT_EQ(of(Activation::relu, -1), 0);
  EXPECT_EQ(of(Activation::relu, 2), 2);
  EXPECT_EQ(of(Activation::leaky_relu, -2, {0.125F, 0.5F}, 0), -0.25);
  EXPECT_EQ(of(Activation::leaky_relu, -2, {0.125F, 0.5F}, 1), -1);
  EXPECT_EQ(of(Activation::leaky_relu, -2, {0.125F}, 7), -0.25) << "one of all channels";
  EXPECT_EQ(of(Activation::leaky_relu, 3, {0.125F}), 3);
  EXPECT_EQ(of(Activation::clip, -3, {-1, 2}), -1);
  EXPECT_EQ(of(Activation::clip, 0.5, {-1, 2}), 0.5);
  EXPECT_EQ(of(Activation::clip, 5, {-1, 2}), 2);
  EXPECT_EQ(of(Activation::sign, 3), 1);
  EXPECT_EQ(of(Activation::sign, -3), -1);
  EXPECT_EQ(of(Activation::sign, 0), 0);
  EXPECT_TRUE(std::isnan(of(Activation::sign, NAN)));
  EXPECT_EQ(of(Activation::hard_sigmoid, 1, {0.25F, 0.5F}), 0.75);
  EXPECT_EQ(of(Activation::hard_sigmoid, -3, {0.25F, 0.5F}), 0);
  EXPECT_EQ(of(Activation::hard_sigmoid, 3, {0.25F, 0.5F}), 1);
  EXPECT_DOUBLE_EQ(of(Activation::hard_swish, 1), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(of(Activation::hard_swish, -1), -1.0 / 3.0);
  EXPECT_EQ(of(Activation::hard_swish, -4), 0);
  EXPECT_EQ(of(Activation::hard_swish, 4), 4);
  EXPECT_EQ(of(Activation::abs, -3), 3);
  EXPECT_EQ(of(Activation::negate, -3), 3);
  EXPECT_EQ(of(Activation::reciprocal, 4), 0.25);
  EXPECT_EQ(of(Activation::square_root, 9), 3);
  EXPECT_EQ(of(Activation::softsign, 1), 0.5);
  EXPECT_EQ(of(Activation::softsign, -3), -0.75);
}

// Printed with all digits of a double by another program.
TEST(ActivationFunctions, OfCurves) {
  EXPECT_EQ(of(Activation::sigmoid, 0), 0.5);
  EXPECT_DOUBLE_EQ(of(Activation::sigmoid, 1), 0.7310585786300049);
  EXPECT_DOUBLE_EQ(of(Activation::tanh, 0.5), 0.46211715726000975);
  EXPECT_DOUBLE_EQ(of(Activation::elu, -1, {2}), -1.2642411176571153);
  EXPECT_EQ(of(Activation::elu, 1, {2}), 1);
  EXPECT_NEAR(of(Activation::selu, 1), 1.0507009873554805, 1e-7);
  EXPECT_NEAR(of(Activation::selu, -1), -1.1113307378125625, 1e-7);
  EXPECT_DOUBLE_EQ(of(Activation::celu, -1, {2}), -0.7869386805747332);
  EXPECT_EQ(of(Activation::celu, 1, {2}), 1);
  EXPECT_DOUBLE_EQ(of(Activation::softplus, 0), 0.6931471805599453);
  EXPECT_DOUBLE_EQ(of(Activation::softplus, -1), 0.31326168751822286);
  EXPECT_DOUBLE_EQ(of(Activation::softplus, 1), 1.3132616875182228);
  EXPECT_EQ(of(Activation::softplus, 1000), 1000);
  EXPECT_DOUBLE_EQ(of(Activation::erf, 1), 0.8427007929497149);
  EXPECT_DOUBLE_EQ(of(Activation::exponential, 1), 2.718281828459045);
  EXPECT_DOUBLE_EQ(of(Activation::logarithm, 2), 0.6931471805599453);
}

// Steps of a half around a zero at 3, from 0 to 10.
TEST(ActivationFunctions, OfIntegers) {
  const std::vector<float> steps = {0.5F, 3, 0, 10};
  EXPECT_EQ(of(Activation::quantise, 1.3, steps), 1.5);
  EXPECT_EQ(of(Activation::quantise, 1.2, steps), 1.0);
  EXPECT_EQ(of(Activation::quantise, -9, steps), -1.5);
  EXPECT_EQ(of(Activation::quantise, 9, steps), 3.5);
}

}  // namespace
}  // namespace dwmtj
