// SPDX-License-Identifier: Apache-2.0
// What a layer waits for, where axes change their names or values move.
#include "deployment/data_order.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "deployment/mapped_network.h"
#include "networks/onnx_reader.h"
#include "tests/networks/onnx_text.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

std::string floats(const std::string& name, const std::string& dims, int count) {
  std::string values = "0.5";
  for (int i = 1; i < count; ++i) values += i % 2 == 0 ? ",0.5" : ",-1";
  return name + " = Constant <value = float[" + dims + "] {" + values + "}> () ";
}

Plan plan_of(const std::string& graph) {
  const TemporaryFolder folder;
  const auto network = load_onnx(folder.write("a.onnx", onnx_bytes(graph)));
  return map_onto(network, Architecture::load(find_chip("adc-multibit")), {}).plan;
}

const Stage& stage(const Plan& plan, const std::string& name) {
  for (const auto& stage : plan.stages) {
    if (stage.name == name) return stage;
  }
  throw std::logic_error("no stage " + name);
}

std::vector<std::int64_t> needed(const Stage& stage) {
  std::vector<std::int64_t> result;
  for (std::int64_t p = 0; p < stage.positions; ++p) {
    result.push_back(stage.inputs[0].reach.needed(p));
  }
  return result;
}

const std::string kConvolution =
    floats("w", "4, 2, 1, 1", 8) + "c = Conv (x, w) ";  // 4 channels of 2 x 2 positions

// Each row of the product is a channel, and needs all positions of it.
TEST(DataOrder, RowsOfAProductOverPositionsNeedThemAll) {
  const auto plan = plan_of("(float[1, 2, 2, 2] x) => (float[1, 4, 3] y) { " + kConvolution +
                            "s = Constant <value = int64[3] {1, 4, 4}> () r = Reshape (c, s) " +
                            floats("m", "4, 3", 12) + "y = MatMul (r, m) }");
  EXPECT_EQ(needed(stage(plan, "y")), (std::vector<std::int64_t>{4, 4, 4, 4}));
}

// Behind a transpose the rows are the positions.
TEST(DataOrder, RowsOfAProductOverChannelsNeedTheirPosition) {
  const auto plan = plan_of("(float[1, 2, 2, 2] x) => (float[1, 4, 3] y) { " + kConvolution +
                            "s = Constant <value = int64[3] {1, 4, 4}> () r = Reshape (c, s) "
                            "t = Transpose <perm = [0, 2, 1]> (r) " +
                            floats("m", "4, 3", 12) + "y = MatMul (t, m) }");
  EXPECT_EQ(needed(stage(plan, "y")), (std::vector<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(plan.stages.size(), 3U) << "the transpose is no stage";
}

TEST(DataOrder, SoftmaxOverPositionsNeedsThemAll) {
  const auto graph = [](const std::string& axis) {
    return "(float[1, 2, 2, 2] x) => (float[1, 4, 2, 2] y) { " + kConvolution +
           "y = Softmax <axis = " + axis + "> (c) }";
  };
  EXPECT_EQ(plan_of(graph("1")).stages.size(), 2U) << "part of the convolution's stage";
  EXPECT_EQ(needed(stage(plan_of(graph("3")), "y")), (std::vector<std::int64_t>{4, 4, 4, 4}));
}

TEST(DataOrder, MovedValuesAreWaitedFor) {
  const auto cut =
      plan_of("(float[1, 2, 2, 2] x) => (float[1, 4, 1, 2] y) { " + kConvolution +
              "a = Constant <value = int64[1] {1}> () b = Constant <value = int64[1] {2}> () "
              "d = Constant <value = int64[1] {2}> () y = Slice (c, a, b, d) }");
  EXPECT_EQ(needed(stage(cut, "y")), (std::vector<std::int64_t>{3, 4}));
  const auto turned = plan_of("(float[1, 2, 2, 2] x) => (float[1, 4, 2, 2] y) { " + kConvolution +
                              "y = Transpose <perm = [0, 1, 3, 2]> (c) }");
  EXPECT_EQ(needed(stage(turned, "y")), (std::vector<std::int64_t>{1, 3, 2, 4}));
}

// The channels of an image are where its first use has them.
TEST(DataOrder, AnImageWithChannelsLastIsTheSame) {
  const auto first =
      plan_of("(float[1, 2, 3, 5] x) => (float[1, 4, 3, 5] c) { " + kConvolution + "}");
  const auto last = plan_of(
      "(float[1, 3, 5, 2] z) => (float[1, 4, 3, 5] c) { "
      "x = Transpose <perm = [0, 3, 1, 2]> (z) " +
      kConvolution + "}");
  ASSERT_EQ(first.stages.size(), last.stages.size());
  for (std::size_t i = 0; i < first.stages.size(); ++i) {
    EXPECT_EQ(first.stages[i].positions, last.stages[i].positions);
    EXPECT_EQ(first.stages[i].elements, last.stages[i].elements);
    if (i > 0) {
      EXPECT_EQ(needed(first.stages[i]), needed(last.stages[i]));
    }
  }
}

}  // namespace
}  // namespace dwmtj
