// SPDX-License-Identifier: Apache-2.0
#include "deployment/weight_cells.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

CoreShape pairs(int levels, int bits) {
  CoreShape shape{};
  shape.columns_per_weight = 2;
  shape.levels = levels;
  shape.weight_bits = bits;
  return shape;
}

TEST(WeightCells, CutMagnitudesIntoDigitsOfLevels) {
  const auto own = cells_of_weight(pairs(4, 3), std::nullopt, 4);
  EXPECT_TRUE(own.pairs);
  EXPECT_EQ(own.columns(), 2);
  EXPECT_EQ(cells_of_weight(pairs(4, 3), 8, 4).columns(), 8);    // 7 bits: 4 digits of 2
  EXPECT_EQ(cells_of_weight(pairs(16, 5), 8, 16).columns(), 4);  // 2 digits of 4
  EXPECT_EQ(cells_of_weight(pairs(4, 3), 8, 5).columns(), 8);    // of 5 levels 4 are used
  CoreShape isaac{};
  isaac.columns_per_weight = 8;
  isaac.levels = 4;
  isaac.weight_bits = 16;
  EXPECT_FALSE(cells_of_weight(isaac, std::nullopt, 4).pairs);
  EXPECT_EQ(cells_of_weight(isaac, std::nullopt, 4).columns(), 8);
  EXPECT_EQ(cells_of_weight(isaac, 8, 4).columns(), 4);
}

WeightMatrix matrix(const std::vector<float>& values) {
  WeightMatrix weights;
  weights.outputs = 1;
  weights.inputs = static_cast<std::int64_t>(values.size());
  weights.values = std::make_shared<const std::vector<float>>(values);
  return weights;
}

TEST(WeightCells, CountTheLevelsOfAllCells) {
  // Of 3 bits: -3, 0, 2, 3 after scaling by the largest.
  const auto counts = level_counts(matrix({-1.0F, 0.0F, 0.67F, 1.0F}), {3, 2, true});
  EXPECT_EQ(counts, (std::vector<std::int64_t>{4 + 1, 0, 1, 2}));
  // Two digits of two levels: 3 is 11, 2 is 10.
  EXPECT_EQ(level_counts(matrix({-1.0F, 0.0F, 0.67F, 1.0F}), {3, 1, true}),
            (std::vector<std::int64_t>{16 - 5, 5}));
}

}  // namespace
}  // namespace dwmtj
