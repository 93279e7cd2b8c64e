// SPDX-License-Identifier: Apache-2.0
// Nodes of constants, evaluated: values worked out by hand, and what is refused.
#include "networks/onnx_constants.h"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

namespace dwmtj {
namespace {

using ::testing::ElementsAre;

OnnxTensor integers(Dims dims, std::vector<std::int64_t> values) {
  return {std::move(dims), nullptr, std::move(values)};
}

OnnxTensor floats(Dims dims, std::vector<float> values) {
  return {std::move(dims), std::make_shared<const std::vector<float>>(std::move(values)), {}};
}

OnnxNode node(const std::string& op, std::map<std::string, OnnxAttribute> attributes = {}) {
  OnnxNode result;
  result.op = op;
  result.attributes = std::move(attributes);
  return result;
}

// 0 to size - 1, in order.
OnnxTensor counted(const Dims& dims) {
  std::vector<std::int64_t> values;
  for (std::int64_t i = 0; i < elements_of(dims); ++i) values.push_back(i);
  return integers(dims, values);
}

OnnxTensor of(const OnnxNode& node, const std::vector<OnnxTensor>& inputs, const Dims& dims) {
  std::vector<const OnnxTensor*> given;
  given.reserve(inputs.size());
  for (const auto& input : inputs) {
    given.push_back(input.size() == 0 && input.dims.empty() ? nullptr : &input);
  }
  return evaluate(node, given, dims);
}

// An input that is not given.
const OnnxTensor kNone;

std::string refusal(const OnnxNode& node, const std::vector<OnnxTensor>& inputs, const Dims& dims) {
  try {
    of(node, inputs, dims);
  } catch (const NodeError& error) {
    return error.what();
  }
  return "taken";
}

TEST(OnnxConstants, TransposeMovesAxes) {
  EXPECT_THAT(of(node("Transpose"), {counted({2, 3})}, {3, 2}).integers,
              ElementsAre(0, 3, 1, 4, 2, 5));
  const auto moved = node("Transpose", {{"perm", Dims{1, 2, 0}}});
  EXPECT_THAT(of(moved, {counted({2, 3, 2})}, {3, 2, 2}).integers,
              ElementsAre(0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11));
  EXPECT_EQ(refusal(node("Transpose", {{"perm", Dims{1, 0}}}), {counted({2, 1, 1})}, {2, 1, 1}),
            "perm: expected all axes");
  EXPECT_EQ(refusal(node("Transpose", {{"perm", Dims{0, 2}}}), {counted({2, 1})}, {2, 1}),
            "an axis of 2");
}

TEST(OnnxConstants, SliceByInputs) {
  const auto slice = node("Slice");
  const auto at = [](std::int64_t value) { return integers({1}, {value}); };
  const auto x = counted({3, 4});
  EXPECT_THAT(of(slice, {x, at(1), at(3)}, {2, 4}).integers,
              ElementsAre(4, 5, 6, 7, 8, 9, 10, 11));  // the first axis, where none is named
  EXPECT_THAT(of(slice, {x, at(1), at(4), at(1), at(2)}, {3, 2}).integers,
              ElementsAre(1, 3, 5, 7, 9, 11));
  EXPECT_THAT(of(slice, {x, at(-1), at(-9), at(-1), at(-1)}, {3, 4}).integers,
              ElementsAre(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8));
  EXPECT_THAT(of(slice, {x, at(99), at(-9), at(1), at(-3)}, {3, 2}).integers,
              ElementsAre(3, 0, 7, 4, 11, 8));  // beyond the end is the end
  EXPECT_THAT(of(slice, {x, at(2), at(3), at(0), kNone}, {1, 4}).integers,
              ElementsAre(8, 9, 10, 11));
  // One step that leads out of the axis takes one element.
  EXPECT_THAT(of(slice, {x, at(0), at(3), at(0), at(1000)}, {1, 4}).integers,
              ElementsAre(0, 1, 2, 3));
  const auto twice = integers({2}, {0, 0});
  EXPECT_EQ(refusal(slice, {x, twice, twice, twice}, {1, 4}),
            "an axis that is empty, or named twice");
  EXPECT_EQ(refusal(slice, {x, floats({1}, {1})}, {2, 4}), "input 1: expected integers");
  EXPECT_EQ(refusal(slice, {kNone}, {2, 4}), "input 0 is missing");
}

TEST(OnnxConstants, SliceByAttributes) {
  const auto slice =
      node("Slice", {{"starts", Dims{2, 1}}, {"ends", Dims{4, 3}}, {"axes", Dims{1, 0}}});
  EXPECT_THAT(of(slice, {counted({3, 4})}, {2, 2}).integers, ElementsAre(6, 7, 10, 11));
  const auto first = node("Slice", {{"starts", Dims{1, 3}}, {"ends", Dims{2, 4}}});
  EXPECT_THAT(of(first, {counted({3, 4})}, {1, 1}).integers, ElementsAre(7));
}

TEST(OnnxConstants, GatherAlongAnAxis) {
  const auto gather = [](std::int64_t axis) { return node("Gather", {{"axis", axis}}); };
  const auto x = counted({2, 3, 2});
  EXPECT_THAT(of(gather(1), {x, integers({2}, {2, -3})}, {2, 2, 2}).integers,
              ElementsAre(4, 5, 0, 1, 10, 11, 6, 7));
  EXPECT_THAT(of(gather(-1), {x, integers({}, {1})}, {2, 3}).integers,
              ElementsAre(1, 3, 5, 7, 9, 11));
  EXPECT_THAT(of(node("Gather"), {x, integers({1}, {1})}, {1, 3, 2}).integers,
              ElementsAre(6, 7, 8, 9, 10, 11));
  EXPECT_EQ(refusal(gather(1), {x, integers({1}, {3})}, {2, 1, 2}), "an index out of range");
  EXPECT_EQ(refusal(gather(1), {x, integers({1}, {-4})}, {2, 1, 2}), "an index out of range");
  EXPECT_EQ(refusal(gather(3), {x, integers({1}, {0})}, {2, 1, 2}), "an axis of 3");
  EXPECT_EQ(refusal(gather(-4), {x, integers({1}, {0})}, {2, 1, 2}), "an axis of -4");
}

TEST(OnnxConstants, ConcatOfBlocks) {
  const auto a = integers({2, 1}, {1, 2});
  const auto b = integers({2, 2}, {3, 4, 5, 6});
  EXPECT_THAT(of(node("Concat"), {a, b}, {2, 3}).integers, ElementsAre(1, 3, 4, 2, 5, 6));
  EXPECT_THAT(of(node("Concat", {{"axis", std::int64_t{0}}}), {b, b}, {4, 2}).integers,
              ElementsAre(3, 4, 5, 6, 3, 4, 5, 6));
  EXPECT_THAT(*of(node("Concat"), {floats({1, 1}, {1}), floats({1, 2}, {2, 3})}, {1, 3}).floats,
              ElementsAre(1, 2, 3));
  EXPECT_EQ(refusal(node("Concat"), {a, floats({2, 1}, {1, 2})}, {2, 2}), "mixed types");
  EXPECT_EQ(refusal(node("Concat"), {a, b}, {2, 4}), "a shape that does not fit");
}

TEST(OnnxConstants, ArithmeticBroadcasts) {
  const auto row = integers({3}, {10, 20, 30});
  const auto column = integers({2, 1}, {1, -7});
  EXPECT_THAT(of(node("Add"), {row, column}, {2, 3}).integers, ElementsAre(11, 21, 31, 3, 13, 23));
  EXPECT_THAT(of(node("Sub"), {row, column}, {2, 3}).integers, ElementsAre(9, 19, 29, 17, 27, 37));
  EXPECT_THAT(of(node("Mul"), {row, column}, {2, 3}).integers,
              ElementsAre(10, 20, 30, -70, -140, -210));
  EXPECT_THAT(of(node("Div"), {row, column}, {2, 3}).integers, ElementsAre(10, 20, 30, -1, -2, -4));
  const auto x = floats({2}, {1, 6});
  const auto y = floats({}, {4});
  EXPECT_THAT(*of(node("Add"), {x, y}, {2}).floats, ElementsAre(5, 10));
  EXPECT_THAT(*of(node("Sub"), {x, y}, {2}).floats, ElementsAre(-3, 2));
  EXPECT_THAT(*of(node("Mul"), {x, y}, {2}).floats, ElementsAre(4, 24));
  EXPECT_THAT(*of(node("Div"), {x, y}, {2}).floats, ElementsAre(0.25, 1.5));
  EXPECT_EQ(refusal(node("Add"), {row, floats({3}, {1, 2, 3})}, {3}), "mixed types");
  EXPECT_EQ(refusal(node("Div"), {row, integers({1}, {0})}, {3}), "a division by zero");
  // Wraps around; as C++ it would be undefined.
  const auto least = integers({1}, {std::numeric_limits<std::int64_t>::min()});
  EXPECT_EQ(of(node("Div"), {least, integers({1}, {-1})}, {1}).integers, least.integers);
  EXPECT_THAT(of(node("Div"), {row, integers({1}, {-1})}, {3}).integers,
              ElementsAre(-10, -20, -30));
}

TEST(OnnxConstants, ReshapesKeepTheOrder) {
  for (const auto* const op :
       {"Identity", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze"}) {
    const auto result = of(node(op), {counted({2, 3})}, {3, 2});
    EXPECT_EQ(result.dims, (Dims{3, 2})) << op;
    EXPECT_THAT(result.integers, ElementsAre(0, 1, 2, 3, 4, 5)) << op;
    EXPECT_EQ(refusal(node(op), {counted({2, 3})}, {3, 3}), "a shape that does not fit") << op;
  }
}

TEST(OnnxConstants, CastsRoundTowardsZero) {
  const auto to = [](std::int64_t type) { return node("Cast", {{"to", type}}); };
  EXPECT_THAT(of(to(7), {floats({3}, {2.9F, -2.9F, 0})}, {3}).integers, ElementsAre(2, -2, 0));
  for (const std::int64_t real : {1, 10, 11}) {
    EXPECT_THAT(*of(to(real), {integers({2}, {2, -3})}, {2}).floats, ElementsAre(2, -3));
    EXPECT_THAT(*of(to(real), {floats({1}, {0.5})}, {1}).floats, ElementsAre(0.5));
  }
  EXPECT_TRUE(of(node("Cast"), {integers({1}, {2})}, {1}).is_float());
  EXPECT_THAT(of(to(6), {integers({1}, {5})}, {1}).integers, ElementsAre(5));
  for (const float value : {9e18F, -9e18F, std::nanf("")}) {
    EXPECT_EQ(refusal(to(7), {floats({1}, {value})}, {1}), "a value that is no integer");
  }
}

TEST(OnnxConstants, QuantisedByOneScaleOrByAnAxis) {
  const auto x = integers({2, 2}, {1, 2, 3, 4});
  const auto plain = node("DequantizeLinear");
  EXPECT_THAT(*of(plain, {x, floats({}, {0.5})}, {2, 2}).floats, ElementsAre(0.5, 1, 1.5, 2));
  EXPECT_THAT(*of(plain, {x, floats({}, {0.5}), integers({}, {3})}, {2, 2}).floats,
              ElementsAre(-1, -0.5, 0, 0.5));
  const auto scales = floats({2}, {1, 10});
  EXPECT_THAT(*of(plain, {x, scales, integers({2}, {0, 1})}, {2, 2}).floats,
              ElementsAre(1, 10, 3, 30));
  const auto rows = node("DequantizeLinear", {{"axis", std::int64_t{0}}});
  EXPECT_THAT(*of(rows, {x, scales}, {2, 2}).floats, ElementsAre(1, 2, 30, 40));
  EXPECT_EQ(refusal(plain, {x, floats({3}, {1, 2, 3})}, {2, 2}), "scales that do not fit");
  EXPECT_EQ(refusal(plain, {x, scales, integers({1}, {0})}, {2, 2}), "zero points that do not fit");
  EXPECT_EQ(refusal(plain, {x, scales, floats({2}, {0, 0})}, {2, 2}),
            "zero points that do not fit");
  EXPECT_EQ(refusal(plain, {x, x}, {2, 2}), "expected integers and their scale");
  EXPECT_EQ(refusal(plain, {scales, scales}, {2}), "expected integers and their scale");
}

TEST(OnnxConstants, FilledWithOneValue) {
  const auto shape = integers({2}, {2, 2});
  EXPECT_THAT(*of(node("ConstantOfShape"), {shape}, {2, 2}).floats, ElementsAre(0, 0, 0, 0));
  const auto sevens = node("ConstantOfShape", {{"value", integers({1}, {7})}});
  EXPECT_THAT(of(sevens, {shape}, {3}).integers, ElementsAre(7, 7, 7));
  const auto halves = node("ConstantOfShape", {{"value", floats({1}, {0.5})}});
  EXPECT_THAT(*of(halves, {shape}, {1}).floats, ElementsAre(0.5));
  EXPECT_EQ(refusal(node("ConstantOfShape", {{"value", shape}}), {shape}, {2, 2}),
            "expected one value");
}

// What computes may be as large as its inputs, or a million; a fill as large as a tensor.
TEST(OnnxConstants, AbsurdSizesAreRefused) {
  const auto one = integers({1}, {1});
  const std::int64_t million = 1 << 20;
  EXPECT_EQ(of(node("Add"), {one, one}, {million}).size(), million);
  EXPECT_EQ(refusal(node("Add"), {one, one}, {million + 1}), "its shape is not known, or absurd");
  EXPECT_EQ(refusal(node("Add"), {one, one}, {-1}), "its shape is not known, or absurd");
  EXPECT_EQ(of(node("ConstantOfShape"), {one}, {million + 1}).size(), million + 1);
  const auto large = integers({million + 1}, std::vector<std::int64_t>(million + 1, 1));
  EXPECT_EQ(of(node("Identity"), {large}, {million + 1}).size(), million + 1);
}

TEST(OnnxConstants, ConstantsOfEveryForm) {
  EXPECT_THAT(constant_of(node("Constant", {{"value", integers({2}, {1, 2})}})).integers,
              ElementsAre(1, 2));
  const auto integer = constant_of(node("Constant", {{"value_int", std::int64_t{3}}}));
  EXPECT_THAT(integer.integers, ElementsAre(3));
  EXPECT_EQ(integer.dims, Dims{});
  EXPECT_THAT(*constant_of(node("Constant", {{"value_float", 0.5F}})).floats, ElementsAre(0.5));
  const auto row = constant_of(node("Constant", {{"value_ints", Dims{4, 5, 6}}}));
  EXPECT_EQ(row.dims, Dims{3});
  EXPECT_THAT(row.integers, ElementsAre(4, 5, 6));
  const auto reals = constant_of(node("Constant", {{"value_floats", std::vector<float>{1, 2}}}));
  EXPECT_EQ(reals.dims, Dims{2});
  EXPECT_THAT(*reals.floats, ElementsAre(1, 2));
  EXPECT_THROW(constant_of(node("Constant")), NodeError);
  EXPECT_THROW(constant_of(node("Constant", {{"value_string", std::string("a")}})), NodeError);
}

TEST(OnnxConstants, PartsOfAShape) {
  const Dims dims{5, 6, 7};
  const auto shape = [&](std::map<std::string, OnnxAttribute> attributes) {
    return shape_of(node("Shape", std::move(attributes)), dims);
  };
  EXPECT_THAT(shape({}).integers, ElementsAre(5, 6, 7));
  EXPECT_THAT(shape({{"start", std::int64_t{1}}}).integers, ElementsAre(6, 7));
  EXPECT_THAT(shape({{"end", std::int64_t{-1}}}).integers, ElementsAre(5, 6));
  EXPECT_THAT(shape({{"start", std::int64_t{-9}}, {"end", std::int64_t{9}}}).integers,
              ElementsAre(5, 6, 7));
  EXPECT_EQ(shape({{"start", std::int64_t{2}}, {"end", std::int64_t{1}}}).integers.size(), 0U);
  EXPECT_EQ(shape({{"start", std::int64_t{1}}}).dims, Dims{2});
}

TEST(OnnxConstants, WhereBroadcastElementsComeFrom) {
  EXPECT_THAT(broadcast({2, 1}, {2, 2}), ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(broadcast({2}, {2, 2}), ElementsAre(0, 1, 0, 1));
  EXPECT_THAT(broadcast({}, {3}), ElementsAre(0, 0, 0));
  EXPECT_EQ(axis_of(-2, 2), 0U);
  EXPECT_EQ(axis_of(1, 2), 1U);
}

TEST(OnnxConstants, KnowsWhatItEvaluates) {
  EXPECT_TRUE(is_evaluable("Gather"));
  EXPECT_FALSE(is_evaluable("Conv"));
}

}  // namespace
}  // namespace dwmtj
