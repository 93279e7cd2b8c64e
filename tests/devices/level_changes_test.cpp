// SPDX-License-Identifier: Apache-2.0
#include "devices/level_changes.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

constexpr ConductanceLevels kLevels{10.0, 14.0, 3};  // 10, 12, 14

using Chances = std::vector<double>;

TEST(LevelChanges, WhatEndsBetweenTwoLevelsIsSharedOut) {
  LevelChanges changes(kLevels);
  changes.add(0, 0.5, 1.0);   // to 10.5: a quarter of the way
  changes.add(1, -2.0, 3.0);  // to 10
  changes.add(2, 0.0, 1.0);
  EXPECT_EQ(changes.chances(), (Chances{0.75, 0.25, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0}));
  EXPECT_DOUBLE_EQ(changes.error().mean, 0.0);
  // 0 or 2 with a quarter: deviation 2 sqrt(3/16), of a change that had none.
  EXPECT_DOUBLE_EQ(changes.error().deviation, 0.8660254037844386);
}

TEST(LevelChanges, WeightsAreThoseOfChances) {
  LevelChanges changes(kLevels);
  changes.add(0, 2.0, 1.0);
  changes.add(0, 4.0, 3.0);
  for (const int level : {1, 2}) changes.add(level, 0.0, 1.0);
  const auto chances = changes.chances();
  EXPECT_DOUBLE_EQ(chances[1], 0.25);
  EXPECT_DOUBLE_EQ(chances[2], 0.75);
  EXPECT_DOUBLE_EQ(changes.error().mean, 0.0);
  EXPECT_NEAR(changes.error().deviation, 0.0, 1e-12);
}

TEST(LevelChanges, NothingGoesBeyondTheEndsAndTheErrorSaysSo) {
  LevelChanges changes(kLevels);
  changes.add(0, -1.5, 1.0);
  changes.add(1, 0.0, 1.0);
  changes.add(2, 1.0, 1.0);
  EXPECT_EQ(changes.chances(), (Chances{1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0}));
  EXPECT_DOUBLE_EQ(changes.error().mean, 1.5);
}

TEST(LevelChanges, AChangeFromBetweenTwoLevelsIsOfTheNearest) {
  LevelChanges changes(kLevels);
  changes.add_from(10.9, 2.0, 1.0);
  EXPECT_EQ(changes.weight(0), 1.0);
  changes.add_from(11.1, 1.0, 1.0);
  changes.add_from(14.5, 0.0, 1.0);
  EXPECT_EQ(changes.weight(1), 1.0);
  EXPECT_EQ(changes.chances(), (Chances{0.0, 1.0, 0.0, 0.0, 0.5, 0.5, 0.0, 0.0, 1.0}));
}

}  // namespace
}  // namespace dwmtj
