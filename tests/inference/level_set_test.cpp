// SPDX-License-Identifier: Apache-2.0
#include "inference/level_set.h"

#include <gtest/gtest.h>

#include "common/input_error.h"
#include "devices/catalog.h"

namespace dwmtj {
namespace {

LevelSet fig6(std::optional<int> bits) {
  return even_levels(find_in_catalog(level_set_catalog(), "fig6"), bits);
}

TEST(LevelSet, OfFig6AreEven) {
  const auto levels = fig6(5);
  ASSERT_EQ(levels.conductance.size(), 16U);
  EXPECT_DOUBLE_EQ(levels.conductance.front(), 0.94e-3);
  EXPECT_NEAR(levels.conductance.back(), 1.1e-3, 1e-15);
  EXPECT_NEAR(levels.share(3), 3.0 / 15, 1e-12);
  EXPECT_DOUBLE_EQ(levels.error_of(7), 2.53e-6);
  EXPECT_TRUE(fig6({}).is_continuous());
}

// facts: 0.9425, 0.9585, 1.0111, 1.0758, 1.0952 mS and their spreads.
TEST(LevelSet, OfTheStraightDeviceAreUneven) {
  const auto levels =
      levels_of_device(DeviceModel(DeviceParameters::load(find_device("straight"))));
  ASSERT_EQ(levels.conductance.size(), 5U);
  EXPECT_NEAR(levels.conductance[1], 0.9585e-3, 1e-7);
  EXPECT_NEAR(levels.share(2), 0.449, 1e-3);
  EXPECT_NEAR(levels.error[1], 2.39e-6, 1e-8);
}

TEST(LevelSet, OfFewerBitsAreThoseNearestToEvenOnes) {
  const LevelSet five{"five", 0, 1, {0, 0.1, 0.4, 0.9, 1}, {1, 2, 3, 4, 5}, {}};
  const auto four = selected(five, 3);  // even ones: 0, 1/3, 2/3, 1
  EXPECT_EQ(four.levels, (std::vector<int>{0, 2, 3, 4}));
  EXPECT_EQ(four.error, (std::vector<double>{1, 3, 4, 5}));
  EXPECT_EQ(selected(five, 2).levels, (std::vector<int>{0, 4}));
  EXPECT_THROW(selected(five, 4), InputError);
}

}  // namespace
}  // namespace dwmtj
