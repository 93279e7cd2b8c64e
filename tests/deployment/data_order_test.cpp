// SPDX-License-Identifier: Apache-2.0
// What a layer waits for, where axes change their names or values move.
#include "deployment/data_order.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "common/build_paths.h"
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

// Two groups of eight rows over four channels: four rows are of each. Depthwise, all of a kernel.
TEST(DataOrder, RowsOfAGroupAreOfItsChannels) {
  const auto rows = [](const std::string& dims, int count, int groups) {
    return stage(plan_of("(float[1, 4, 3, 3] x) => (float[1, 4, 2, 2] y) { " +
                         floats("w", dims, count) + "y = Conv <group = " + std::to_string(groups) +
                         "> (x, w) }"),
                 "y")
        .inputs[0]
        .rows_per_channel;
  };
  EXPECT_EQ(rows("4, 4, 2, 2", 64, 1), 4);
  EXPECT_EQ(rows("4, 2, 2, 2", 32, 2), 4);
  EXPECT_EQ(rows("4, 1, 2, 2", 16, 4), 4);
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
  // As many along a row as there are channels.
  const auto wide = plan_of("(float[1, 2, 2, 4] x) => (float[1, 4, 2, 4] y) { " + kConvolution +
                            "y = Softmax <axis = 3> (c) }");
  EXPECT_EQ(needed(stage(wide, "y")), (std::vector<std::int64_t>(8, 8)));
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

// Windows that are high and narrow are complete sooner when the image comes column by column.
TEST(DataOrder, ImagesTravelSoThatWindowsAreCompleteSooner) {
  const auto high = plan_of("(float[1, 1, 3, 4] x) => (float[1, 1, 2, 4] c) { " +
                            floats("w", "1, 1, 2, 1", 2) + "c = Conv (x, w) }");
  EXPECT_EQ(needed(stage(high, "c")), (std::vector<std::int64_t>{2, 3, 5, 6, 8, 9, 11, 12}));
  const auto wide = plan_of("(float[1, 1, 3, 4] x) => (float[1, 1, 3, 3] c) { " +
                            floats("w", "1, 1, 1, 2", 2) + "c = Conv (x, w) }");
  EXPECT_EQ(needed(stage(wide, "c")), (std::vector<std::int64_t>{2, 3, 4, 6, 7, 8, 10, 11, 12}));
}

const std::string kHigh = floats("w", "1, 1, 2, 1", 2) + "c = Conv (x, w) ";  // 2 x 4 positions

// What moves or flattens values finds them where they travel.
TEST(DataOrder, ColumnsAreFollowedThroughTheNetwork) {
  const auto moved = plan_of("(float[1, 1, 3, 4] x) => (float[1, 1, 4, 2] y) { " + kHigh +
                             "y = Transpose <perm = [0, 1, 3, 2]> (c) }");
  EXPECT_EQ(needed(stage(moved, "y")), (std::vector<std::int64_t>{1, 3, 5, 7, 2, 4, 6, 8}));
  const auto flat = plan_of("(float[1, 1, 3, 4] x) => (float[1, 2] y) { " + kHigh +
                            "f = Flatten (c) " + floats("m", "8, 2", 16) + "y = MatMul (f, m) }");
  const auto& view = stage(flat, "y").inputs[0].flattened;
  ASSERT_TRUE(view.has_value());
  std::vector<std::int64_t> positions;
  for (std::int64_t value = 0; value < 8; ++value) positions.push_back(view->position_of(value));
  EXPECT_EQ(positions, (std::vector<std::int64_t>{0, 2, 4, 6, 1, 3, 5, 7}));
}

// Behind a reshape a plane is another, so there is no way that suits both.
TEST(DataOrder, ImagesTravelAlongRowsWherePlanesChange) {
  const auto plan = plan_of("(float[1, 1, 3, 4] x) => (float[1, 1, 3, 2] y) { " + kHigh +
                            "s = Constant <value = int64[4] {1, 1, 4, 2}> () r = Reshape (c, s) "
                            "y = Conv (r, w) }");
  EXPECT_EQ(needed(stage(plan, "c")), (std::vector<std::int64_t>{5, 6, 7, 8, 9, 10, 11, 12}));
}

// Nobody waits for positions that do not come, and each function is where its values are.
void expect_sound(const Plan& plan, const std::string& name) {
  for (const auto& stage : plan.stages) {
    for (const auto& input : stage.inputs) {
      for (std::int64_t p = 0; p < stage.positions; ++p) {
        ASSERT_LE(input.reach.needed(p), input.positions) << name << ": " << stage.name;
      }
    }
  }
}

TEST(DataOrder, PlansOfExportsWaitForWhatComes) {
  const auto chip = Architecture::load(find_chip("isaac-ce"));
  for (const char* const folder : {"torch", "dynamo"}) {
    const auto files = std::filesystem::path(kSourceDir) / "tests/networks/data" / folder;
    for (const auto& file : std::filesystem::directory_iterator(files)) {
      if (file.path().extension() != ".onnx") continue;
      const auto mapped = map_onto(load_onnx(file.path()), chip, {});
      expect_sound(mapped.plan, file.path().filename());
    }
  }
}

// A mean has fewer positions than what it is of, and so have the functions of it.
TEST(DataOrder, NormsOverPositionsWaitForThemOnce) {
  const auto plan = plan_of("(float[1, 2, 4, 4] x) => (float[1, 4, 4, 4] y) { " + kConvolution +
                            "s = Constant <value = float[4] {1, 2, 3, 4}> () "
                            "y = InstanceNormalization (c, s, s) }");
  expect_sound(plan, "instance norm");
  EXPECT_EQ(stage(plan, "y/mean0").positions, 1);
  EXPECT_EQ(stage(plan, "y/mean3").operations, 4 * 16 + 3 * 4) << "scale, root and reciprocal";
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
