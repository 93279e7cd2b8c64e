// SPDX-License-Identifier: Apache-2.0
#include "wires/wire_study.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

const std::vector<double> kStraight = {0.9425e-3, 0.9585e-3, 1.0111e-3, 1.0758e-3, 1.0952e-3};

WireStudyPoint study(int columns, double segment) {
  return study_wires(kStraight, {columns, from_si<Resistance>(segment), 40, 1, 2});
}

// Against an independent solver's study of the same arrays: 64 columns at 0.1 ohm on 1 kohm carry
// 79 % of their current, with an error of 21 % after one gain; 128 columns at 0.01 ohm 90 % and 6.5
// %.
TEST(WireStudy, AgreesWithAnIndependentStudy) {
  const auto narrow = study(64, 0.1);
  EXPECT_NEAR(narrow.mean_current, 0.79, 0.02);
  EXPECT_NEAR(narrow.error, 0.21, 0.05);
  EXPECT_NEAR(narrow.wrong_signs, 0.07, 0.02);
  const auto wide = study(128, 0.01);
  EXPECT_NEAR(wide.mean_current, 0.90, 0.01);
  EXPECT_NEAR(wide.error, 0.065, 0.02);
}

TEST(WireStudy, GoodWiresMakeNoError) {
  const auto point = study(32, 1e-6);
  EXPECT_NEAR(point.mean_current, 1.0, 1e-4);
  EXPECT_NEAR(point.gain, 1.0, 1e-4);
  EXPECT_LT(point.error, 1e-3);
  EXPECT_EQ(point.wrong_signs, 0.0);
  EXPECT_GT(point.ties, 0.0);
}

TEST(WireStudy, OnlyTheRatioOfResistancesCounts) {
  std::vector<double> scaled;
  for (const double level : kStraight) scaled.push_back(level / 128.0);
  const auto point = study_wires(scaled, {32, from_si<Resistance>(12.8), 20, 1, 1});
  const auto same = study_wires(kStraight, {32, from_si<Resistance>(0.1), 20, 1, 1});
  EXPECT_NEAR(point.mean_current, same.mean_current, 1e-9);
  EXPECT_NEAR(point.error, same.error, 1e-6);
}

TEST(WireStudy, ThreadsChangeNothing) {
  const auto one = study_wires(kStraight, {32, from_si<Resistance>(0.1), 20, 3, 1});
  const auto three = study_wires(kStraight, {32, from_si<Resistance>(0.1), 20, 3, 3});
  EXPECT_EQ(one.error, three.error);
  EXPECT_EQ(one.gain, three.gain);
}

TEST(WireStudy, WrongOptions) {
  EXPECT_THROW(study_wires(kStraight, {3, from_si<Resistance>(1.0)}), std::invalid_argument);
  EXPECT_THROW(study_wires({}, {4, from_si<Resistance>(1.0)}), std::invalid_argument);
}

}  // namespace
}  // namespace dwmtj
