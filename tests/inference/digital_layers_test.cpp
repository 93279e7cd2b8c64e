// SPDX-License-Identifier: Apache-2.0
// Each layer without weights by hand, in both arithmetics; nothing is written beside its output.
#include "inference/digital_layers.h"

#include <cmath>

#include <gmock/gmock.h>

namespace dwmtj {
namespace {

using ::testing::ElementsAre;

constexpr double kUntouched = -77;

Layer layer_of(LayerKind kind, TensorShape in, TensorShape out) {
  Layer layer;
  layer.kind = kind;
  layer.input = in;
  layer.output = out;
  return layer;
}

Step step_of(const Layer& layer) {
  Step step{};
  step.kind = layer.kind;
  step.layer = &layer;
  step.layout.channels = layer.input.channels;
  step.elements = layer.output.elements();
  return step;
}

template <typename Number>
std::vector<double> run(const Step& step, const std::vector<std::vector<double>>& operands,
                        std::size_t size) {
  using A = Arithmetic<Number>;
  std::vector<std::vector<Number>> values;
  for (const auto& operand : operands) {
    values.emplace_back();
    for (const double value : operand) values.back().push_back(A::from(value));
  }
  std::vector<const Number*> in;
  in.reserve(values.size());
  for (const auto& operand : values) in.push_back(operand.data());
  std::vector<Number> out(size + 2, A::from(kUntouched));
  run_digital(step, in, out.data() + 1);
  EXPECT_EQ(A::to(out.front()), kUntouched) << name_of(step.kind);
  EXPECT_EQ(A::to(out.back()), kUntouched) << name_of(step.kind);
  std::vector<double> result;
  for (std::size_t i = 1; i <= size; ++i) result.push_back(A::to(out[i]));
  return result;
}

// In single precision; in fixed point it must be as near as a step of that.
std::vector<double> values_of(const Step& step, const std::vector<std::vector<double>>& operands,
                              std::size_t size) {
  const auto real = run<float>(step, operands, size);
  const auto fixed = run<Fixed>(step, operands, size);
  for (std::size_t i = 0; i < size; ++i) {
    EXPECT_NEAR(fixed[i], real[i], 1e-3) << name_of(step.kind) << ' ' << i;
  }
  return real;
}

TEST(DigitalLayers, ScaleByChannel) {
  auto layer = layer_of(LayerKind::scale, {2, 1, 2}, {2, 1, 2});
  layer.factor = {2, -1};
  layer.offset = {0.5, 3};
  EXPECT_THAT(values_of(step_of(layer), {{1, 1, 4, 4}}, 4), ElementsAre(2.5, 2, 8.5, -1));
  layer.factor = {2};
  layer.offset = {1};
  EXPECT_THAT(values_of(step_of(layer), {{1, 1, 4, 4}}, 4), ElementsAre(3, 3, 9, 9));
}

TEST(DigitalLayers, Activations) {
  auto layer = layer_of(LayerKind::activation, {2, 1, 2}, {2, 1, 2});
  EXPECT_THAT(values_of(step_of(layer), {{-1, 0, 2, -0.5}}, 4), ElementsAre(0, 0, 2, 0));
  layer.function = Activation::sign;
  EXPECT_THAT(values_of(step_of(layer), {{-2, 0, 3, -0.5}}, 4), ElementsAre(-1, 0, 1, -1));
}

TEST(DigitalLayers, OfTwoOperands) {
  const auto of = [](LayerKind kind, std::vector<Places> places) {
    const auto layer = layer_of(kind, {3, 1, 1}, {3, 1, 1});
    auto step = step_of(layer);
    step.places = std::move(places);
    return values_of(step, {{1, 2, 3}, {4, -5, 6}}, 3);
  };
  EXPECT_THAT(of(LayerKind::add, {{}, {}}), ElementsAre(5, -3, 9));
  EXPECT_THAT(of(LayerKind::subtract, {{}, {}}), ElementsAre(-3, 7, -3));
  EXPECT_THAT(of(LayerKind::multiply, {{}, {}}), ElementsAre(4, -10, 18));
  EXPECT_THAT(of(LayerKind::add, {{}, {1, 1, 1}}), ElementsAre(-4, -3, -2));
  EXPECT_THAT(of(LayerKind::subtract, {{2, 1, 0}, {}}), ElementsAre(-1, 7, -5));
}

TEST(DigitalLayers, MovedValues) {
  auto layer = layer_of(LayerKind::rearrange, {3, 1, 1}, {4, 1, 1});
  auto step = step_of(layer);
  step.places = {{2, kPadding, 0, 0}};
  EXPECT_THAT(values_of(step, {{1, 2, 3}}, 4), ElementsAre(3, 0, 1, 1));
  layer.parameters = {9};
  EXPECT_THAT(values_of(step, {{1, 2, 3}}, 4), ElementsAre(3, 9, 1, 1));
  step.layer = nullptr;  // a reordering of the plan's own
  EXPECT_THAT(values_of(step, {{1, 2, 3}}, 4), ElementsAre(3, 0, 1, 1));
  const auto joined = layer_of(LayerKind::concat, {2, 1, 1}, {3, 1, 1});
  auto join = step_of(joined);
  join.places = {{2, 0}, {1}};
  EXPECT_THAT(values_of(join, {{4, 5}, {6}}, 3), ElementsAre(5, 6, 4));
}

// Two channels, side by side at each place; the second is ten times the first.
std::vector<double> image(const std::vector<double>& values) {
  std::vector<double> result;
  for (const double value : values) {
    result.push_back(value);
    result.push_back(10 * value);
  }
  return result;
}

TEST(DigitalLayers, LargestOfAWindow) {
  auto layer = layer_of(LayerKind::max_pool, {2, 2, 3}, {2, 1, 2});
  layer.window.kernel = {2, 2, 1};
  EXPECT_EQ(values_of(step_of(layer), {image({1, -2, 3, 4, 0, -5})}, 4), image({4, 3}));
  layer.window.stride = {2, 2, 1};
  layer.window.pad_before = {0, 1, 0};
  layer.window.pad_after = {0, 0, 0};
  // Of the first window only the left column lies in the image: all of it below 0.
  EXPECT_EQ(values_of(step_of(layer), {image({-1, -2, 3, -4, 0, -5})}, 4), image({-1, 3}));
}

TEST(DigitalLayers, DilatedWindows) {
  auto layer = layer_of(LayerKind::max_pool, {2, 3, 3}, {2, 1, 1});
  layer.window.kernel = {2, 2, 1};
  layer.window.dilation = {2, 2, 1};
  EXPECT_EQ(values_of(step_of(layer), {image({1, 9, 2, 9, 9, 9, 4, 9, 3})}, 2), image({4}));
}

// With a border of one: of the corner's window four of nine terms lie in the image.
TEST(DigitalLayers, MeanOfAWindow) {
  auto layer = layer_of(LayerKind::average_pool, {2, 2, 2}, {2, 2, 2});
  layer.window.kernel = {3, 2, 1};
  layer.window.pad_before = {1, 1, 0};
  layer.window.pad_after = {1, 0, 0};
  const auto x = image({2, 4, 6, 12});
  EXPECT_EQ(values_of(step_of(layer), {x}, 8), image({4, 6, 4, 6}));
  layer.counts_padding = true;  // six terms each, whatever they are
  const auto padded = values_of(step_of(layer), {x}, 8);
  EXPECT_NEAR(padded[0], (2 + 6) / 6.0, 1e-6);
  EXPECT_NEAR(padded[2], (2 + 4 + 6 + 12) / 6.0, 1e-6);
  EXPECT_NEAR(padded[7], 10 * (2 + 4 + 6 + 12) / 6.0, 1e-4);
}

// Beyond the padding there are no terms at all: of windows that a ceiling lets out there.
TEST(DigitalLayers, AMeanCountsNoTermsBeyondThePadding) {
  auto layer = layer_of(LayerKind::average_pool, {2, 1, 3}, {2, 1, 2});
  layer.window.kernel = {1, 2, 1};
  layer.window.stride = {1, 2, 1};
  layer.counts_padding = true;
  EXPECT_EQ(values_of(step_of(layer), {image({2, 4, 6})}, 4), image({3, 6}));
}

TEST(DigitalLayers, SoftmaxOfEachSum) {
  auto layer = layer_of(LayerKind::softmax, {4, 1, 1}, {4, 1, 1});
  layer.axis.size = 2;
  auto step = step_of(layer);
  step.places = {{0, 2, 1, 3}};
  const double third = std::log(3.0);
  const auto shares = values_of(step, {{third, 5, 0, 5}}, 4);
  EXPECT_NEAR(shares[0], 0.75, 1e-6);
  EXPECT_NEAR(shares[2], 0.25, 1e-6);
  EXPECT_NEAR(shares[1], 0.5, 1e-6);
  EXPECT_NEAR(shares[3], 0.5, 1e-6);
  layer.logarithm = true;
  const auto logarithms = values_of(step, {{third, 500, 0, 500}}, 4);
  EXPECT_NEAR(logarithms[0], std::log(0.75), 1e-6);
  EXPECT_NEAR(logarithms[2], std::log(0.25), 1e-6);
  EXPECT_NEAR(logarithms[1], std::log(0.5), 1e-5);
}

// x / (bias + alpha / size * squares of the neighbours) ^ beta; of two, the one before and itself.
TEST(DigitalLayers, LocalResponse) {
  auto layer = layer_of(LayerKind::normalisation, {3, 1, 2}, {3, 1, 2});
  layer.parameters = {3, 6, 1, 2};
  const auto three = values_of(step_of(layer), {{1, 2, 3, 0, 1, 0}}, 6);
  const std::vector<double> wanted = {
      1.0 / (2 + 2 * 5), 2.0 / (2 + 2 * 14), 3.0 / (2 + 2 * 13), 0, 1.0 / (2 + 2 * 1), 0};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(three[i], wanted[i], 1e-6) << i;
  layer.parameters = {2, 4, 0.5, 1};
  const auto two = values_of(step_of(layer), {{1, 2, 3, 0, 1, 0}}, 6);
  // From c - (2 - 1) / 2 = c to c + 1.
  EXPECT_NEAR(two[0], 1 / std::sqrt(1 + 2.0 * 5), 1e-6);
  EXPECT_NEAR(two[1], 2 / std::sqrt(1 + 2.0 * 13), 1e-6);
  EXPECT_NEAR(two[2], 3 / std::sqrt(1 + 2.0 * 9), 1e-6);
}

}  // namespace
}  // namespace dwmtj
