// SPDX-License-Identifier: Apache-2.0
// What each core must be sent, against windows counted by hand.
#include "deployment/intake.h"

#include <gtest/gtest.h>

#include "deployment/mapped_network.h"
#include "tests/mapping/small_networks.h"

namespace dwmtj {
namespace {

std::vector<std::int64_t> members(const IndexSet& set) {
  std::vector<std::int64_t> result;
  for (std::int64_t i = 0; i < set.size(); ++i) {
    if (set.contains(i)) result.push_back(i);
  }
  return result;
}
using Members = std::vector<std::int64_t>;

// A product with one array a copy, its copies on cores 0, 1, ..., and a source before it.
Plan plan_of(std::int64_t inputs, std::int64_t windows, std::int64_t copies, const Reach& reach,
             std::int64_t input_positions) {
  Plan plan;
  Stage source;
  source.kind = StageKind::source;
  source.positions = input_positions;
  source.elements = inputs;
  source.homes = {kHost};
  Stage product;
  product.kind = StageKind::product;
  product.positions = windows;
  product.copies = copies;
  product.tiling.rows = product.tiling.block_rows = inputs;
  product.tiling.columns = product.tiling.block_columns = 1;
  product.is_output = true;
  StageInput input;
  input.positions = input_positions;
  input.reach = reach;
  input.rows_per_channel = 1;
  product.inputs.push_back(input);
  for (std::int64_t copy = 0; copy < copies; ++copy) {
    Fragment fragment;
    fragment.core = static_cast<int>(copy);
    fragment.arrays = 1;
    fragment.copy = copy;
    product.fragments.push_back(fragment);
    product.homes.push_back(fragment.core);
  }
  plan.stages = {source, product};
  return plan;
}

// An image of 4 x 4, windows of 2 x 2 a pixel apart: 3 x 3 of them, three copies, so one a column.
TEST(Intakes, AreThePositionsOfACopysWindows) {
  Window window;
  window.kernel = {2, 2};
  const auto reach = Reach::window(window, {1, 4, 4}, {1, 3, 3});
  const auto plan = plan_of(1, 9, 3, reach, 16);
  const auto intakes = intakes_of(plan, 0);
  ASSERT_EQ(intakes.size(), 3U);
  EXPECT_EQ(members(intakes.at(0).positions), (Members{0, 1, 4, 5, 8, 9, 12, 13}));
  EXPECT_EQ(members(intakes.at(1).positions), (Members{1, 2, 5, 6, 9, 10, 13, 14}));
  EXPECT_EQ(members(intakes.at(2).positions), (Members{2, 3, 6, 7, 10, 11, 14, 15}));
  EXPECT_EQ(intakes_of(plan, 1).at(kHost).positions.count(), 9);
}

// Every second position of a row of six, padded by one, with a gap of one within the window.
TEST(Intakes, LeaveOutPaddingAndGaps) {
  Window window;
  window.kernel = {1, 2};
  window.stride = {1, 2};
  window.dilation = {1, 2};
  window.pad_before = {0, 1, 0};
  window.pad_after = {0, 0, 0};
  const auto reach = Reach::window(window, {1, 1, 6}, {1, 1, 3});
  const auto intakes = intakes_of(plan_of(1, 3, 1, reach, 6), 0);
  EXPECT_EQ(members(intakes.at(0).positions), (Members{1, 3, 5}));
}

TEST(Intakes, OfAFragmentAreItsChannels) {
  auto plan = plan_of(10, 1, 1, Reach::same_position(), 1);
  auto& product = plan.stages[1];
  product.tiling.block_rows = 4;
  product.tiling.row_splits = 3;
  product.fragments[0].arrays = 2;
  product.fragments.push_back(product.fragments[0]);
  product.fragments[1].core = 5;
  product.fragments[1].first_block = 2;
  product.fragments[1].arrays = 1;
  const auto intakes = intakes_of(plan, 0);
  EXPECT_EQ(members(intakes.at(0).channels), (Members{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(members(intakes.at(5).channels), (Members{8, 9}));
}

// Nine rows a channel: rows 4 to 19 are of channels 0 to 2.
TEST(Intakes, OfAConvolutionAreTheChannelsThatItsRowsMultiply) {
  auto plan = plan_of(4, 1, 1, Reach::same_position(), 1);
  auto& product = plan.stages[1];
  product.inputs[0].rows_per_channel = 9;
  product.tiling = {};
  product.tiling.rows = 36;
  product.tiling.columns = product.tiling.block_columns = 1;
  product.tiling.block_rows = 4;
  product.tiling.row_splits = 9;
  product.fragments[0].first_block = 1;
  product.fragments[0].arrays = 4;
  EXPECT_EQ(members(intakes_of(plan, 0).at(0).channels), (Members{0, 1, 2}));
}

// Rows are values of the whole image, channel by channel: 3 channels of 4 positions.
TEST(Intakes, OfAFlattenedImageAreThePixelsOfItsRows) {
  auto plan = plan_of(3, 1, 1, Reach::everything(4), 4);
  auto& product = plan.stages[1];
  product.inputs[0].flattened = ValueView{3, 4, 4};
  product.tiling.rows = 12;
  product.tiling.block_rows = 2;
  product.tiling.row_splits = 6;
  product.fragments[0].first_block = 3;
  product.fragments[0].arrays = 1;  // rows 6 and 7: of channel 1, positions 2 and 3
  const auto intakes = intakes_of(plan, 0);
  EXPECT_EQ(members(intakes.at(0).positions), (Members{2, 3}));
  EXPECT_EQ(members(intakes.at(0).channels), (Members{1}));
}

// Digital layers are computed where the copies of the layer before them are.
TEST(Plan, SpreadsDigitalLayersLikeTheCopiesBeforeThem) {
  auto network = network_of({{8, 8, 6}});
  Layer sum;
  sum.kind = LayerKind::add;
  sum.name = "sum";
  sum.inputs = {1, 2};
  sum.input = sum.output = network.layers[2].output;
  sum.input_stride = sum.output_stride = 6;
  network.layers.push_back(sum);
  network.outputs = {3};
  const auto mapped = map_onto(
      network,
      Architecture::load(find_chip("adc-multibit"), ParameterOverrides({"core.arrays=1"})),
      {});
  ASSERT_EQ(mapped.mapping.layers[0].copies, 6);
  const auto& stages = mapped.plan.stages;
  EXPECT_EQ(stages[0].homes, std::vector<int>{kHost});
  EXPECT_EQ(stages[1].homes, (std::vector<int>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(stages.back().name, "sum");
  EXPECT_EQ(stages.back().homes, stages[1].homes);
  for (int core = 0; core < 6; ++core) {
    const auto& job = mapped.work.jobs[static_cast<std::size_t>(core)].back();
    EXPECT_EQ(job.first, core);
    EXPECT_EQ(job.stride, 6);
  }
}

}  // namespace
}  // namespace dwmtj
