// SPDX-License-Identifier: Apache-2.0
// Single operators and their attributes, against numbers worked out by hand.
#include "networks/onnx_operators.h"

#include <cmath>

#include <gmock/gmock.h>

#include "networks/onnx_reader.h"
#include "networks/operators/layer_chain.h"
#include "tests/networks/onnx_text.h"
#include "tests/networks/reference_forward.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using ::testing::HasSubstr;

Network load(const std::string& graph, int opset = 13) {
  const TemporaryFolder folder;
  return load_onnx(folder.write("a.onnx", onnx_bytes(graph, opset)));
}

std::string complaint(const std::string& graph, int opset = 13) {
  const TemporaryFolder folder;
  const auto file = folder.write("a.onnx", onnx_bytes(graph, opset));
  const auto message = input_error_of([&] { return load_onnx(file); });
  return message.substr(std::min(message.size(), file.string().size() + 2));
}

// The graph y = node(x, w), with a kernel of 2 x 1 x kernel x kernel ones.
Network convolution(const std::string& attributes, int size = 5, int kernel = 3) {
  std::string ones = "1";
  for (int i = 1; i < 2 * kernel * kernel; ++i) ones += ",1";
  const auto k = std::to_string(kernel);
  const auto s = std::to_string(size);
  return load("(float[N, 1, " + s + ", " + s +
              "] x) => (float[N, 2, H, W] y) { w = Constant <value = "
              "float[2, 1, " +
              k + ", " + k + "] {" + ones + "}> () y = Conv " + attributes + " (x, w) }");
}

TEST(Convolution, StridesPadsAndDilations) {
  const auto layer =
      convolution("<strides = [2, 1], pads = [1, 0, 2, 3], dilations = [1, 2]>", 7).layers.at(1);
  EXPECT_EQ(layer.kind, LayerKind::convolution);
  EXPECT_EQ(layer.output, (TensorShape{2, 4, 6}));  // (7+3-3)/2+1, 7+3-5+1
  EXPECT_EQ(layer.window.stride.height, 2);
  EXPECT_EQ(layer.window.pad_before.height, 1);
  EXPECT_EQ(layer.window.pad_after.height, 2);
  EXPECT_EQ(layer.window.pad_before.width, 0);
  EXPECT_EQ(layer.window.pad_after.width, 3);
  EXPECT_EQ(layer.window.dilation.width, 2);
  EXPECT_EQ(layer.macs(), 24 * 18);
}

TEST(Convolution, AutomaticPads) {
  const auto upper = convolution(R"(<auto_pad = "SAME_UPPER", strides = [2, 2]>)", 6).layers.at(1);
  EXPECT_EQ(upper.output, (TensorShape{2, 3, 3}));
  EXPECT_EQ(upper.window.pad_before.height, 0);
  EXPECT_EQ(upper.window.pad_after.height, 1);
  const auto lower = convolution(R"(<auto_pad = "SAME_LOWER", strides = [2, 2]>)", 6).layers.at(1);
  EXPECT_EQ(lower.window.pad_before.width, 1);
  EXPECT_EQ(lower.window.pad_after.width, 0);
  const auto valid = convolution(R"(<auto_pad = "VALID">)").layers.at(1);
  EXPECT_EQ(valid.output, (TensorShape{2, 3, 3}));
  EXPECT_EQ(valid.window.pad_before.height, 0);
}

TEST(Convolution, OfOneDimension) {
  const auto network = load(R"((float[N, 2, 9] x) => (float[N, 2, L] y) {
    w = Constant <value = float[2, 1, 3] {1,2,3,4,5,6}> ()
    y = Conv <group = 2, strides = [2], pads = [1, 0]> (x, w) })");
  const auto& layer = network.layers.at(1);
  EXPECT_EQ(layer.input, (TensorShape{2, 1, 9}));
  EXPECT_EQ(layer.output, (TensorShape{2, 1, 4}));
  EXPECT_EQ(layer.window.kernel.height, 1);
  EXPECT_EQ(layer.window.kernel.width, 3);
  EXPECT_EQ(layer.window.pad_before.height, 0);
  EXPECT_EQ(layer.window.pad_before.width, 1);
  EXPECT_EQ(layer.groups, 2);
}

TEST(Convolution, OfAVolume) {
  const auto network = load(R"((float[N, 1, 2, 2, 2] x) => (float[N, 1, D, H, W] y) {
    w = Constant <value = float[1, 1, 2, 1, 2] {1,10,100,1000}> () y = Conv (x, w) })");
  EXPECT_EQ(network.layers.at(1).output, (TensorShape{1, 2, 1, 1}));
  EXPECT_EQ(network.macs(), 2 * 4);
  // Planes 1 2 / 3 4 and 5 6 / 7 8.
  EXPECT_EQ(reference_forward(network, {1, 2, 3, 4, 5, 6, 7, 8}),
            (std::vector<double>{1 + 20 + 500 + 6000, 3 + 40 + 700 + 8000}));
}

// Two values two apart, each spread by the kernel 1 2 3: 1 2 3+2 4 6.
TEST(Convolution, Transposed) {
  const auto network = load(R"((float[N, 1, 2] x) => (float[N, 1, L] y) {
    w = Constant <value = float[1, 1, 3] {1,2,3}> () y = ConvTranspose <strides = [2]> (x, w) })");
  EXPECT_EQ(reference_forward(network, {1, 2}), (std::vector<double>{1, 2, 3 + 2, 4, 6}));
  const auto cut = load(R"((float[N, 1, 2] x) => (float[N, 1, L] y) {
    w = Constant <value = float[1, 1, 3] {1,2,3}> ()
    y = ConvTranspose <strides = [2], pads = [1, 1]> (x, w) })");
  EXPECT_EQ(reference_forward(cut, {1, 2}), (std::vector<double>{2, 3 + 2, 4}));
}

TEST(Convolution, TransposedByGroups) {
  const auto network = load(R"((float[N, 2, 1, 1] x) => (float[N, 4, 1, 2] y) {
    w = Constant <value = float[2, 2, 1, 2] {1,2,3,4,5,6,7,8}> ()
    y = ConvTranspose <group = 2> (x, w) })");
  EXPECT_EQ(reference_forward(network, {1, 10}), (std::vector<double>{1, 2, 3, 4, 50, 60, 70, 80}));
}

TEST(Convolution, WeightsMustFit) {
  EXPECT_EQ(complaint(R"((float[N, 3, 4, 4] x) => (float[N, 1, H, W] y) {
              w = Constant <value = float[1, 2, 1, 1] {1,1}> () y = Conv (x, w) })"),
            "cannot be imported: node 'y' (Conv) input 1: expected weights for the channels and "
            "groups there are");
}

TEST(Dense, GemmTakesItsFactorsIn) {
  const auto network = load(R"((float[N, 2] x) => (float[N, 3] y) {
    w = Constant <value = float[2, 3] {1,2,3,4,5,6}> ()
    b = Constant <value = float[3] {1,2,3}> ()
    y = Gemm <alpha = 2.0, beta = 10.0> (x, w, b) })");
  const auto& weights = network.layers.at(1).weights;
  EXPECT_EQ(*weights.values, (std::vector<float>{2, 8, 4, 10, 6, 12}));  // transposed
  EXPECT_EQ(weights.bias, (std::vector<float>{10, 20, 30}));
}

TEST(Dense, ProductAndSumAreOneLayer) {
  const auto network = load(R"((float[N, 2] x) => (float[N, 2] y) {
    w = Constant <value = float[2, 2] {1,2,3,4}> ()
    b = Constant <value = float[2] {5,6}> ()
    p = MatMul (x, w)
    y = Add (b, p) })");
  ASSERT_EQ(network.layers.size(), 2U);
  EXPECT_EQ(reference_forward(network, {10, 1}), (std::vector<double>{18, 30}));
}

TEST(Dense, GemmOfATransposedInput) {
  const auto network = load(R"((float[2, 1] x) => (float[1, 3] y) {
    w = Constant <value = float[2, 3] {1,2,3,4,5,6}> ()
    y = Gemm <transA = 1> (x, w) })");
  EXPECT_EQ(reference_forward(network, {1, 10}), (std::vector<double>{41, 52, 63}));
}

// [1 2; 3 4] x [1 10; 100 1000]
TEST(Dense, ByAConstantOnTheLeft) {
  const auto network = load(R"((float[1, 2, 2] x) => (float[1, 2, 2] y) {
    w = Constant <value = float[2, 2] {1,2,3,4}> () y = MatMul (w, x) })");
  EXPECT_EQ(network.layers.at(1).kind, LayerKind::dense);
  EXPECT_EQ(reference_forward(network, {1, 10, 100, 1000}),
            (std::vector<double>{201, 2010, 403, 4030}));
}

TEST(Dense, ByAMatrixWithAnAxisOfOne) {
  const auto network = load(R"((float[1, 2, 2] x) => (float[1, 2, 1] y) {
    w = Constant <value = float[1, 2, 1] {1,2}> () y = MatMul (x, w) })");
  EXPECT_EQ(reference_forward(network, {1, 10, 100, 1000}), (std::vector<double>{21, 2100}));
}

TEST(Dense, EinsumOverOneLetter) {
  const auto network = load(R"((float[1, 2, 2] x) => (float[1, 2, 2] y) {
    w = Constant <value = float[2, 2] {1,2,3,4}> ()
    y = Einsum <equation = "btc,cd->btd"> (x, w) })");
  EXPECT_EQ(reference_forward(network, {1, 10, 100, 1000}),
            (std::vector<double>{31, 42, 3100, 4200}));
}

// Results, or what is summed over, in two axes that stand together: heads.
TEST(Dense, EinsumOverAxesThatStandTogether) {
  const std::string w = "w = Constant <value = float[2, 2, 1] {1,2,3,4}> () ";
  const auto to_heads = load("(float[1, 2, 2] x) => (float[1, 2, 2, 1] y) { " + w +
                             R"(y = Einsum <equation = "btd,dhk->bthk"> (x, w) })");
  EXPECT_EQ(reference_forward(to_heads, {1, 10, 100, 1000}),
            (std::vector<double>{31, 42, 3100, 4200}));
  const auto from_heads = load(
      "(float[1, 2, 2, 2] x) => (float[1, 2, 1] y) { v = Constant <value = float[2, 2, 1] "
      R"({1,2,3,4}> () y = Einsum <equation = "bthk,hkd->btd"> (x, v) })");
  EXPECT_EQ(reference_forward(from_heads, {1, 10, 100, 1000, 1, 0, 0, 0}),
            (std::vector<double>{4321, 1}));
  const auto constant_first = load("(float[1, 2, 2] x) => (float[1, 2, 2, 1] y) { " + w +
                                   R"(y = Einsum <equation = "dhk,btd->bthk"> (w, x) })");
  EXPECT_EQ(reference_forward(constant_first, {1, 10, 100, 1000}),
            (std::vector<double>{31, 42, 3100, 4200}));
}

// Of rows with rows; axes of both, and of the result, in any order.
TEST(Product, EinsumOfAxesInAnyOrder) {
  const std::vector<std::pair<const char*, std::vector<double>>> cases = {
      {"bik,bjk->bij", {5, 11, 11, 25}},
      {"bki,bkj->bij", {10, 14, 14, 20}},
      {"bik,bkj->bij", {7, 10, 15, 22}},
      {"bik,bkj->bji", {7, 15, 10, 22}}};
  for (const auto& [equation, wanted] : cases) {
    const auto network =
        load(std::string("(float[1, 2, 2] x) => (float[1, 2, 2] y) { y = Einsum <equation = \"") +
             equation + "\"> (x, x) }");
    EXPECT_EQ(reference_forward(network, {1, 2, 3, 4}), wanted) << equation;
    // Rows stand behind one another, whatever has moved.
    for (std::size_t i = 1; i < network.layers.size(); ++i) {
      EXPECT_EQ(network.layers[i].output_stride, 1) << equation;
    }
    EXPECT_EQ(network.layers.back().input_stride, 1) << equation;
  }
}

TEST(Product, EinsumOfHeadsThatStandBetween) {
  const auto network = load(R"((float[1, 2, 2, 2] x) => (float[1, 2, 2, 2] y) {
    y = Einsum <equation = "bihd,bjhd->bhij"> (x, x) })");
  // Of head 0 the rows are (1, 2) and (5, 6); of head 1 (3, 4) and (7, 8).
  EXPECT_EQ(reference_forward(network, {1, 2, 3, 4, 5, 6, 7, 8}),
            (std::vector<double>{5, 17, 17, 61, 25, 53, 53, 113}));
}

TEST(Product, OfTwoComputedMatrices) {
  for (const auto* const node :
       {"y = MatMul (x, x)", R"(y = Einsum <equation = "bij,bjk->bik"> (x, x))"}) {
    const auto network =
        load(std::string("(float[1, 2, 2] x) => (float[1, 2, 2] y) { ") + node + " }");
    const auto& layer = network.layers.at(1);
    EXPECT_EQ(layer.kind, LayerKind::product);
    EXPECT_EQ(layer.macs(), 8);
    EXPECT_EQ(reference_forward(network, {1, 2, 3, 4}), (std::vector<double>{7, 10, 15, 22}));
  }
}

TEST(Product, OfSeveralHeads) {
  const auto network = load(R"((float[1, 2, 1, 2] x) => (float[1, 2, 1, 1] y) {
    t = Transpose <perm = [0, 1, 3, 2]> (x) y = MatMul (x, t) })");
  EXPECT_EQ(reference_forward(network, {1, 2, 3, 4}), (std::vector<double>{5, 25}));
  EXPECT_EQ(network.macs(), 4);
}

TEST(Scale, ConstantsOnEitherSide) {
  const std::string c = "c = Constant <value = float[2, 1, 1] {2,4}> ()";
  const auto result = [&](const std::string& node) {
    const auto network =
        load("(float[N, 2, 1, 1] x) => (float[N, 2, 1, 1] y) { " + c + node + " }");
    EXPECT_EQ(network.layers.at(1).kind, LayerKind::scale);
    return reference_forward(network, {3, 5});
  };
  using Values = std::vector<double>;
  EXPECT_EQ(result("y = Add (x, c)"), (Values{5, 9}));
  EXPECT_EQ(result("y = Sub (x, c)"), (Values{1, 1}));
  EXPECT_EQ(result("y = Sub (c, x)"), (Values{-1, -1}));
  EXPECT_EQ(result("y = Mul (c, x)"), (Values{6, 20}));
  EXPECT_EQ(result("y = Div (x, c)"), (Values{1.5, 1.25}));
}

TEST(Scale, ConstantsByPosition) {
  const auto network = load(R"((float[N, 1, 1, 2] x) => (float[N, 1, 1, 2] y) {
    c = Constant <value = float[2] {1,2}> () y = Add (x, c) })");
  EXPECT_EQ(reference_forward(network, {10, 20}), (std::vector<double>{11, 22}));
}

TEST(Arithmetic, OfComputedTensors) {
  const auto result = [](const std::string& nodes, const std::vector<double>& x, int opset = 13) {
    return reference_forward(load("(float[N, 2] x) => (float[N, 2] y) { " + nodes + " }", opset),
                             x);
  };
  using Values = std::vector<double>;
  EXPECT_EQ(result("a = Relu (x) y = Sum (x, a, x)", {1, -2}), (Values{3, -4}));
  EXPECT_EQ(result("a = Abs (x) y = Sum (x)", {1, -2}), (Values{1, -2}));
  EXPECT_EQ(result("a = Relu (x) y = Div (x, a)", {4, 8}), (Values{1, 1}));
  EXPECT_EQ(result("c = Constant <value = float[1] {2}> () y = Div (c, x)", {4, 8}),
            (Values{0.5, 0.25}));
  EXPECT_EQ(result("c = Constant <value = float[1] {3}> () y = Pow (x, c)", {2, -1}),
            (Values{8, -1}));
  EXPECT_EQ(result("c = Constant <value = float[1] {1.5}> () y = Min (x, c)", {2, -1}),
            (Values{1.5, -1}));
}

TEST(Functions, GeluIsHalfOfXTimesOneAndItsError) {
  const auto network = load("(float[N, 2] x) => (float[N, 2] y) { y = Gelu (x) }", 20);
  const auto y = reference_forward(network, {1.0, -2.0});
  EXPECT_NEAR(y[0], 0.8413447460685429, 1e-7);
  EXPECT_NEAR(y[1], -0.04550026389635842, 1e-7);
}

// Mean 2, deviation 1 (and 1 in a million); then times 2 and 4, plus 1.
TEST(Norms, OfALayerAndOfAnInstance) {
  const auto layer = load(R"((float[1, 1, 2] x) => (float[1, 1, 2] y) {
    s = Constant <value = float[2] {2,4}> () b = Constant <value = float[2] {1,1}> ()
    y = LayerNormalization <epsilon = 0.0> (x, s, b) })",
                          17);
  EXPECT_EQ(reference_forward(layer, {1, 3}), (std::vector<double>{-1, 5}));
  const auto instance = load(R"((float[1, 2, 2] x) => (float[1, 2, 2] y) {
    s = Constant <value = float[2] {2,4}> () b = Constant <value = float[2] {1,1}> ()
    y = InstanceNormalization <epsilon = 0.0> (x, s, b) })");
  EXPECT_EQ(reference_forward(instance, {1, 3, 30, 10}), (std::vector<double>{-1, 3, 5, -3}));
}

// Two groups of two channels with two positions; before opset 21 a factor is a group's.
TEST(Norms, OfGroups) {
  const std::string in = "(float[1, 4, 2] x) => (float[1, 4, 2] y) { ";
  const std::vector<double> x = {1, 3, 1, 3, 10, 30, 30, 10};
  const auto of_groups = load(in + R"(s = Constant <value = float[2] {2,4}> ()
    b = Constant <value = float[2] {1,0}> ()
    y = GroupNormalization <num_groups = 2, epsilon = 0.0> (x, s, b) })",
                              18);
  EXPECT_EQ(reference_forward(of_groups, x), (std::vector<double>{-1, 3, -1, 3, -4, 4, 4, -4}));
  const auto of_channels = load(in + R"(s = Constant <value = float[4] {2,1,4,3}> ()
    b = Constant <value = float[4] {1,0,0,0}> ()
    y = GroupNormalization <num_groups = 2, epsilon = 0.0> (x, s, b) })",
                                21);
  EXPECT_EQ(reference_forward(of_channels, x), (std::vector<double>{-1, 3, -1, 1, -4, 4, 3, -3}));
  for (const auto& layer : of_groups.layers) EXPECT_GT(layer.output.positions(), 0) << layer.name;
}

// What is worked out of means is as large as these.
TEST(Norms, StepsHaveTheShapeOfTheirMeans) {
  const auto network = load(R"((float[1, 2, 4, 4] x) => (float[1, 2, 4, 4] y) {
    s = Constant <value = float[2] {2,4}> () b = Constant <value = float[2] {1,1}> ()
    y = InstanceNormalization (x, s, b) })");
  for (const auto& layer : network.layers) {
    if (layer.kind == LayerKind::activation) {
      EXPECT_EQ(layer.output, (TensorShape{2, 1, 1})) << layer.name;
    }
  }
}

// Means are shared out to the channels, as their positions; where they do not go, each is a
// channel.
TEST(Norms, MeansKeepTheirPositions) {
  const auto of_planes = load(R"((float[1, 2, 4, 3, 4] x) => (float[1, 2, 4, 3, 4] y) {
    s = Constant <value = float[1] {1}> ()
    y = LayerNormalization <axis = -2> (x, s) })",
                              17);
  const auto of_groups = load(R"((float[1, 4, 2] x) => (float[1, 4, 2] y) {
    s = Constant <value = float[4] {1,1,1,1}> () b = Constant <value = float[4] {0,0,0,0}> ()
    y = GroupNormalization <num_groups = 2> (x, s, b) })",
                              21);
  const auto shapes_of_means = [](const Network& network) {
    std::vector<TensorShape> shapes;
    for (const auto& layer : network.layers) {
      if (layer.kind == LayerKind::mean) shapes.push_back(layer.output);
    }
    return shapes;
  };
  EXPECT_EQ(shapes_of_means(of_planes), (std::vector<TensorShape>(2, TensorShape{4, 1, 2})));
  EXPECT_EQ(shapes_of_means(of_groups), (std::vector<TensorShape>(2, TensorShape{2, 1, 1})));
}

// Two planes of two rows of three: a mean over the rows leaves three values a plane.
TEST(Norms, AMeanIsSpreadAlongItsAxis) {
  EXPECT_EQ(*spread_along({2, 3}, 12),
            (std::vector<std::int32_t>{0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5}));
  EXPECT_EQ(*spread_along({3, 1}, 6), (std::vector<std::int32_t>{0, 0, 0, 1, 1, 1}));
}

// The written-out form, as exporters leave it before opset 17, asks for the same.
TEST(Norms, WrittenOutIsTheSame) {
  const auto network = load(R"((float[1, 3, 2] x) => (float[1, 3, 2] y) {
    two = Constant <value = float[1] {2}> ()
    m = ReduceMean <axes = [-1]> (x) c = Sub (x, m) q = Pow (c, two)
    v = ReduceMean <axes = [-1]> (q) d = Sqrt (v) y = Div (c, d) })");
  EXPECT_EQ(reference_forward(network, {1, 3, 5, 9, 2, 2.5}),
            (std::vector<double>{-1, 1, -1, 1, -1, 1}));
}

TEST(Resizing, NearestAndLinear) {
  const auto nearest = load(R"((float[N, 1, 1, 2] x) => (float[N, 1, H, W] y) {
    s = Constant <value = float[4] {1,1,2,2}> ()
    y = Resize <coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"> (x, , s) })");
  EXPECT_EQ(reference_forward(nearest, {1, 2}), (std::vector<double>{1, 1, 2, 2, 1, 1, 2, 2}));
  const auto linear = load(R"((float[N, 1, 1, 2] x) => (float[N, 1, H, W] y) {
    s = Constant <value = float[4] {1,1,1,2}> ()
    y = Resize <mode = "linear"> (x, , s) })");
  EXPECT_EQ(reference_forward(linear, {0, 4}), (std::vector<double>{0, 1, 3, 4}));
}

// A row of values, `scale` times as long.
std::vector<double> resized(const std::string& attributes, const char* scale,
                            const std::vector<double>& row) {
  const auto network =
      load("(float[N, 1, 1, " + std::to_string(row.size()) +
           "] x) => (float[N, 1, H, W] y) { s = Constant <value = float[4] {1,1,1," + scale +
           "}> () y = Resize <" + attributes + "> (x, , s) }");
  return reference_forward(network, row);
}

TEST(Resizing, NearestRoundsAsItsModeSays) {
  using Row = std::vector<double>;
  // Centres of the outputs: -0.25, 0.25, 0.75, 1.25; of half as many, 0.5 and 2.5.
  const std::vector<std::tuple<const char*, Row, Row>> modes = {
      {"round_prefer_floor", {1, 1, 2, 2}, {1, 3}},
      {"round_prefer_ceil", {1, 1, 2, 2}, {2, 4}},
      {"floor", {1, 1, 1, 2}, {1, 3}},
      {"ceil", {1, 2, 2, 2}, {2, 4}}};
  for (const auto& [mode, twice, half] : modes) {
    const auto attribute = std::string(R"(nearest_mode = ")") + mode + "\"";
    EXPECT_EQ(resized(attribute, "2", {1, 2}), twice) << mode;
    EXPECT_EQ(resized(attribute, "0.5", {1, 2, 3, 4}), half) << mode;
  }
  EXPECT_EQ(resized(R"(mode = "nearest")", "0.5", {1, 2, 3, 4}), (Row{1, 3}));
}

TEST(Resizing, OutputsLieWhereTheCoordinatesSay) {
  using Row = std::vector<double>;
  const auto linear = [](const std::string& where, const char* scale,
                         const std::vector<double>& row) {
    return resized(R"(mode = "linear", coordinate_transformation_mode = ")" + where + "\"", scale,
                   row);
  };
  EXPECT_EQ(linear("asymmetric", "2", {0, 4}), (Row{0, 2, 4, 4}));
  EXPECT_EQ(linear("align_corners", "2.5", {0, 4}), (Row{0, 1, 2, 3, 4}));
  EXPECT_EQ(linear("align_corners", "0.5", {4, 8}), (Row{4}));
  EXPECT_EQ(linear("half_pixel", "0.5", {4, 8}), (Row{6}));
  EXPECT_EQ(linear("pytorch_half_pixel", "0.5", {4, 8}), (Row{4}));
  EXPECT_EQ(linear("pytorch_half_pixel", "2", {0, 4}), (Row{0, 1, 3, 4}));
}

TEST(Resizing, SharesOfBothDirectionsMultiply) {
  const auto network = load(R"((float[N, 2, 2, 2] x) => (float[N, 2, 2, 3] y) {
    s = Constant <value = float[4] {1,1,1,1.5}> ()
    y = Resize <mode = "linear", coordinate_transformation_mode = "align_corners"> (x, , s) })");
  EXPECT_EQ(reference_forward(network, {0, 4, 8, 12, 1, 5, 9, 13}),
            (std::vector<double>{0, 2, 4, 8, 10, 12, 1, 3, 5, 9, 11, 13}));
  const auto middle = load(R"((float[N, 1, 2, 2] x) => (float[N, 1, 3, 3] y) {
    s = Constant <value = float[4] {1,1,1.5,1.5}> ()
    y = Resize <mode = "linear", coordinate_transformation_mode = "align_corners"> (x, , s) })");
  EXPECT_EQ(reference_forward(middle, {0, 4, 8, 12}),
            (std::vector<double>{0, 2, 4, 4, 6, 8, 8, 10, 12}));
}

// Steps of 0.5 from zero point 10: 1.3 is 13 (1.5), 200 is 255 (122.5).
TEST(Quantised, ValuesAreRoundedToTheIntegersThatTheyStandFor) {
  const auto network = load(R"((float[N, 2] x) => (float[N, 2] y) {
    s = Constant <value = float {0.5}> () z = Constant <value = uint8 {10}> ()
    q = QuantizeLinear (x, s, z) y = DequantizeLinear (q, s, z) })");
  EXPECT_EQ(reference_forward(network, {1.3, 200}), (std::vector<double>{1.5, 122.5}));
  EXPECT_EQ(network.layers.size(), 2U);
}

TEST(Quantised, WeightsTakeTheirScalesOver) {
  const auto network = load(R"((float[N, 2] x) => (float[N, 2] y) {
    w = Constant <value = int8[2, 2] {1,2,3,4}> ()
    s = Constant <value = float[2] {0.5,0.25}> () z = Constant <value = int8[2] {0,0}> ()
    f = DequantizeLinear <axis = 1> (w, s, z) y = MatMul (x, f) })");
  EXPECT_EQ(*network.layers.at(1).weights.values, (std::vector<float>{0.5, 1.5, 0.5, 1}));
}

// One hidden value; all weights 1 but that of the state, 0.
TEST(Recurrent, LstmByHand) {
  const auto network = load(R"((float[2, 1, 1] x) => (float[2, 1, 1, 1] y) {
    w = Constant <value = float[1, 4, 1] {1,1,1,1}> ()
    r = Constant <value = float[1, 4, 1] {0,0,0,0}> ()
    y = LSTM <hidden_size = 1> (x, w, r) })");
  const auto& layer = network.layers.at(1);
  EXPECT_EQ(layer.kind, LayerKind::recurrent);
  EXPECT_EQ(layer.windows(), 2);
  EXPECT_EQ(layer.weights.inputs, 2);
  EXPECT_EQ(layer.macs(), 16);
  const auto s = [](double x) { return 1 / (1 + std::exp(-x)); };
  const double first = s(1) * std::tanh(1);
  const double second = s(2) * first + s(2) * std::tanh(2);
  const auto y = reference_forward(network, {1, 2});
  EXPECT_NEAR(y[0], s(1) * std::tanh(first), 1e-12);
  EXPECT_NEAR(y[1], s(2) * std::tanh(second), 1e-12);
}

// Of both directions: the forward one ends with the last step, the other with the first.
TEST(Recurrent, LastStatesAreThoseOfEachDirection) {
  const auto network = load(R"((float[3, 1, 1] x) => (float[2, 1, 2] y) {
    w = Constant <value = float[2, 2, 1] {1,1,1,1}> ()
    r = Constant <value = float[2, 2, 2] {0,0,0,0,0,0,0,0}> ()
    all, y = RNN <hidden_size = 2, direction = "bidirectional"> (x, w, r) })");
  const auto& last = network.layers.back();
  ASSERT_EQ(last.sources.size(), 1U);
  // Steps of 2 x 2 values: of the last the first direction's, of the first the second's.
  EXPECT_EQ(*last.sources[0], (std::vector<std::int32_t>{8, 9, 2, 3}));
  EXPECT_EQ(last.output, (TensorShape{2, 1, 2}));
}

// What would be so anyway may be written down; other functions are not taken for these.
TEST(Recurrent, AttributesThatSayWhatIsUsual) {
  const auto graph = [](const std::string& more) {
    return "(float[2, 1, 1] x) => (float[2, 1, 1, 1] y) { "
           "w = Constant <value = float[1, 4, 1] {1,1,1,1}> () "
           "r = Constant <value = float[1, 4, 1] {0,0,0,0}> () y = LSTM <hidden_size = 1, " +
           more + "> (x, w, r) }";
  };
  EXPECT_EQ(load(graph(R"(input_forget = 0, direction = "forward",
                          activations = ["Sigmoid", "Tanh", "Tanh"])"))
                .layers.at(1)
                .kind,
            LayerKind::recurrent);
  EXPECT_THAT(complaint(graph(R"(activations = ["Sigmoid", "Relu", "Tanh"])")),
              HasSubstr("activations of its own"));
  EXPECT_THAT(complaint(graph("input_forget = 1")), HasSubstr("input_forget of its own"));
}

// A constant of more axes puts some in front of the others; channels stay where they are.
TEST(Scale, BesideAConstantOfMoreAxes) {
  const auto network = load(R"((float[1, 2] x) => (float[1, 1, 2] y) {
    c = Constant <value = float[1, 1, 2] {1, 2}> () y = Add (c, x) })");
  const auto& layer = network.layers.at(1);
  EXPECT_EQ(layer.output, (TensorShape{2, 1, 1}));
  EXPECT_EQ(reference_forward(network, {10, 20}), (std::vector<double>{11, 22}));
}

// Parts that are the whole are nothing to do.
TEST(Movements, OfAllInItsPlaceAreNoLayer) {
  const auto network = load(R"((float[1, 4] x) => (float[1, 4] y) {
    s = Constant <value = int64[2] {1, 4}> () a = Expand (x, s) y = Relu (a) })");
  ASSERT_EQ(network.layers.size(), 2U);
  EXPECT_EQ(network.layers[1].function, Activation::relu);
}

TEST(Functions, ClipWithAttributesAndWithInputs) {
  const auto old =
      load("(float[N, 1] x) => (float[N, 1] y) { y = Clip <min = 0.0, max = 6.0> (x) }", 10);
  EXPECT_EQ(old.layers.at(1).parameters, (std::vector<float>{0, 6}));
  const auto open = load(R"((float[N, 1] x) => (float[N, 1] y) {
    low = Constant <value_float = -1.0> () y = Clip (x, low) })");
  EXPECT_EQ(open.layers.at(1).function, Activation::clip);
  EXPECT_EQ(open.layers.at(1).parameters.at(0), -1);
  EXPECT_GT(open.layers.at(1).parameters.at(1), 1e38F);
  const auto below = load(R"((float[N, 1] x) => (float[N, 1] y) {
    high = Constant <value_float = 2.5> () y = Clip (x, , high) })");
  EXPECT_LT(below.layers.at(1).parameters.at(0), -1e38F);
  EXPECT_EQ(below.layers.at(1).parameters.at(1), 2.5F);
}

TEST(Functions, EveryOneHasItsLayer) {
  const std::vector<std::pair<std::string, Activation>> functions = {
      {"Relu", Activation::relu},
      {"LeakyRelu", Activation::leaky_relu},
      {"Sign", Activation::sign},
      {"Sigmoid", Activation::sigmoid},
      {"Tanh", Activation::tanh},
      {"HardSigmoid", Activation::hard_sigmoid},
      {"HardSwish", Activation::hard_swish},
      {"Elu", Activation::elu},
      {"Selu", Activation::selu},
      {"Celu", Activation::celu},
      {"Softplus", Activation::softplus},
      {"Softsign", Activation::softsign},
      {"Erf", Activation::erf},
      {"Abs", Activation::abs},
      {"Neg", Activation::negate},
      {"Exp", Activation::exponential},
      {"Log", Activation::logarithm},
      {"Sqrt", Activation::square_root},
      {"Reciprocal", Activation::reciprocal}};
  for (const auto& [op, function] : functions) {
    const auto network =
        load("(float[N, 3, 2, 2] x) => (float[N, 3, 2, 2] y) { y = " + op + " (x) }", 14);
    ASSERT_EQ(network.layers.size(), 2U) << op;
    EXPECT_EQ(network.layers[1].kind, LayerKind::activation) << op;
    EXPECT_EQ(network.layers[1].function, function) << op;
    EXPECT_EQ(network.layers[1].output, (TensorShape{3, 2, 2})) << op;
  }
}

TEST(Pools, MeansOverTheImage) {
  for (const auto* const node :
       {"y = ReduceMean <axes = [-1, 2], keepdims = 0> (x)", "y = GlobalAveragePool (x)",
        "y = AveragePool <kernel_shape = [4, 6]> (x)"}) {
    const auto network =
        load(std::string("(float[N, 3, 4, 6] x) => (float[N, 3] y) {") + node + "}");
    const auto& layer = network.layers.at(1);
    EXPECT_EQ(layer.kind, LayerKind::average_pool) << node;
    EXPECT_EQ(layer.output.elements(), 3) << node;
    EXPECT_EQ(layer.window.kernel.height, 4) << node;
    EXPECT_EQ(layer.window.kernel.width, 6) << node;
  }
}

TEST(Pools, OfVolumes) {
  for (const auto* const op : {"MaxPool", "AveragePool"}) {
    const auto network =
        load(std::string("(float[N, 3, 4, 6, 8] x) => (float[N, 3, 2, 3, 4] y) { y = ") + op +
             " <kernel_shape = [2, 2, 2], strides = [2, 2, 2]> (x) }");
    const auto& layer = network.layers.at(1);
    EXPECT_EQ(layer.output, (TensorShape{3, 3, 4, 2})) << op;
    EXPECT_EQ(layer.window.kernel.depth, 2) << op;
    EXPECT_EQ(layer.window.stride.depth, 2) << op;
  }
}

TEST(Pools, MeansOverChannels) {
  for (const int opset : {13, 18}) {
    const auto* const axes = opset < 18
                                 ? "y = ReduceMean <axes = [1]> (x)"
                                 : "a = Constant <value = int64[1] {1}> () y = ReduceMean (x, a)";
    const auto network =
        load(std::string("(float[N, 2, 1, 2] x) => (float[N, 1, 1, 2] y) { ") + axes + " }", opset);
    EXPECT_EQ(network.layers.at(1).kind, LayerKind::mean);
    EXPECT_EQ(reference_forward(network, {1, 2, 3, 6}), (std::vector<double>{2, 4}));
  }
}

TEST(Pools, CeilMode) {
  const auto network = load(R"((float[N, 1, 6, 6] x) => (float[N, 1, H, W] y) {
    y = MaxPool <kernel_shape = [3, 3], strides = [2, 2], ceil_mode = 1> (x) })");
  EXPECT_EQ(network.layers.at(1).output, (TensorShape{1, 3, 3}));
}

TEST(Shapes, WhatOnlyReshapesVanishes) {
  const auto network = load(R"((float[N, 4, 2, 1] x) => (float[N, 8] y) {
    a = Identity (x)
    b = Squeeze <axes = [3]> (a)
    c = Unsqueeze <axes = [1]> (b)
    d = Transpose <perm = [1, 0, 2, 3]> (c)
    e = Dropout (d)
    f = Cast <to = 1> (e)
    y = Flatten (f) })",
                            11);
  EXPECT_EQ(network.layers.size(), 1U);
  EXPECT_EQ(network.outputs, (std::vector<std::size_t>{0}));
}

TEST(Shapes, AShapeChainIsEvaluated) {
  const auto network = load(R"((float[N, 4, 2, 3] x) => (float[N, 24] y) {
    s = Shape (x)
    zero = Constant <value = int64 {0}> ()
    n = Gather (s, zero)
    axes = Constant <value = int64[1] {0}> ()
    n1 = Unsqueeze (n, axes)
    from = Constant <value = int64[1] {1}> ()
    to = Constant <value = int64[1] {4}> ()
    rest = Slice (s, from, to)
    one = Constant <value = int64[3] {0, 1, 2}> ()
    r = Gather (rest, one)
    two = Constant <value = int64[1] {2}> ()
    half = Div (r, two)
    twice = Mul (half, two)
    odd = Sub (r, twice)
    even = Add (odd, twice)
    whole = Cast <to = 7> (even)
    shape = Concat <axis = 0> (n1, whole)
    z = Reshape (x, shape)
    minus = Constant <value = int64[1] {-1}> ()
    flat = Concat <axis = 0> (n1, minus)
    y = Reshape (z, flat) })");
  EXPECT_EQ(network.layers.size(), 1U);
}

TEST(Shapes, ConstantsOfEveryForm) {
  const auto network = load(R"((float[N, 4, 2, 3] x) => (float[N, 24] y) {
    shape = Constant <value_ints = [1, 24]> ()
    flat = Reshape (x, shape)
    one = Constant <value_int = 1> ()
    f = Cast <to = 1> (one)
    p = Add (flat, f)
    t = Constant <value_floats = [2.0]> ()
    y = Mul (p, t) })");
  ASSERT_EQ(network.layers.size(), 2U);
  EXPECT_EQ(network.layers[1].factor, (std::vector<float>{2}));
  EXPECT_EQ(network.layers[1].offset, (std::vector<float>{2}));
}

TEST(Shapes, ATransposedWeightIsTransposed) {
  const auto network = load(R"((float[N, 3] x) => (float[N, 2] y) {
    w = Constant <value = float[2, 3] {1,2,3,4,5,6}> ()
    t = Transpose (w)
    y = MatMul (x, t) })");
  EXPECT_EQ(*network.layers.at(1).weights.values, (std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST(Shapes, PartsAreRearranged) {
  const auto network = load(R"((float[N, 4, 2, 2] x) => (float[N, 4, 2, 2] y) {
    a, b = Split <axis = 1, split = [1, 3]> (x)
    y = Concat <axis = 1> (b, a) })",
                            11);
  ASSERT_EQ(network.layers.size(), 4U);
  EXPECT_EQ(network.layers[1].output, (TensorShape{3, 2, 2}));
  EXPECT_EQ(network.layers[2].output, (TensorShape{1, 2, 2}));
  EXPECT_EQ(network.layers[3].inputs, (std::vector<std::size_t>{1, 2}));
}

}  // namespace
}  // namespace dwmtj
