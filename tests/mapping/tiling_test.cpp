// SPDX-License-Identifier: Apache-2.0
#include "mapping/tiling.h"

#include <gtest/gtest.h>

#include "tests/mapping/small_networks.h"

namespace dwmtj {
namespace {

constexpr ArrayGrid kGrid{1, 1, 128, 128, 1};

void expect_block(const Block& block, const Block& expected) {
  EXPECT_EQ(block.first_group, expected.first_group);
  EXPECT_EQ(block.groups, expected.groups);
  EXPECT_EQ(block.first_row, expected.first_row);
  EXPECT_EQ(block.rows, expected.rows);
  EXPECT_EQ(block.first_column, expected.first_column);
  EXPECT_EQ(block.columns, expected.columns);
}

TEST(Tiling, DenseLayerLargerThanAnArray) {
  const auto tiling = tile_layer(layer_of({784, 500}), kGrid);
  EXPECT_EQ(tiling.row_splits, 7);  // 6 x 128 + 16
  EXPECT_EQ(tiling.column_splits, 4);
  EXPECT_EQ(tiling.arrays(), 28);
  EXPECT_EQ(tiling.weights(), 392000);
  expect_block(tiling.block(0), {0, 1, 0, 128, 0, 128});
  expect_block(tiling.block(1), {0, 1, 128, 128, 0, 128});
  expect_block(tiling.block(6), {0, 1, 768, 16, 0, 128});
  expect_block(tiling.block(7), {0, 1, 0, 128, 128, 128});
  expect_block(tiling.block(27), {0, 1, 768, 16, 384, 116});
}

TEST(Tiling, ConvolutionIsUnrolled) {
  const auto tiling = tile_layer(layer_of({576, 128, 3136}), kGrid);  // 64 channels, 3 x 3
  EXPECT_EQ(tiling.row_splits, 5);
  EXPECT_EQ(tiling.column_splits, 1);
  EXPECT_EQ(tiling.arrays(), 5);
}

TEST(Tiling, ExactFitNeedsNoMore) {
  EXPECT_EQ(tile_layer(layer_of({128, 128}), kGrid).arrays(), 1);
  EXPECT_EQ(tile_layer(layer_of({129, 128}), kGrid).arrays(), 2);
  EXPECT_EQ(tile_layer(layer_of({128, 129}), kGrid).arrays(), 2);
}

TEST(Tiling, DepthwiseGroupsShareAnArray) {
  const auto tiling = tile_layer(layer_of({9, 32, 100, 32}), kGrid);
  EXPECT_EQ(tiling.groups_per_array, 14);  // 14 x 9 = 126 rows, 14 columns
  EXPECT_EQ(tiling.arrays(), 3);
  expect_block(tiling.block(0), {0, 14, 0, 9, 0, 1});
  expect_block(tiling.block(2), {28, 4, 0, 9, 0, 1});
}

TEST(Tiling, ColumnsMayLimitTheGroupsToo) {
  const auto tiling = tile_layer(layer_of({4, 200, 1, 4}), kGrid);  // 50 outputs a group
  EXPECT_EQ(tiling.groups_per_array, 2);
  EXPECT_EQ(tiling.arrays(), 2);
}

TEST(Tiling, GroupsLargerThanAnArrayAreSplitEach) {
  const auto tiling = tile_layer(layer_of({200, 20, 1, 2}), kGrid);
  EXPECT_EQ(tiling.groups_per_array, 1);
  EXPECT_EQ(tiling.row_splits, 2);
  EXPECT_EQ(tiling.arrays(), 4);
  expect_block(tiling.block(3), {1, 1, 128, 72, 0, 10});
}

TEST(Tiling, SlicesOfAWeightStayTogether) {
  const auto tiling = tile_layer(layer_of({128, 64}), {1, 1, 128, 128, 3});  // 42 weights, 2 left
  EXPECT_EQ(tiling.column_splits, 2);
  expect_block(tiling.block(0), {0, 1, 0, 128, 0, 42});
  expect_block(tiling.block(1), {0, 1, 0, 128, 42, 22});
}

}  // namespace
}  // namespace dwmtj
