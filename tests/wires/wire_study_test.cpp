// SPDX-License-Identifier: Apache-2.0
#include "wires/wire_study.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

const std::vector<double> kStraight = {0.9425e-3, 0.9585e-3, 1.0111e-3, 1.0758e-3, 1.0952e-3};

WireStudyPoint study(int columns, double segment, std::uint64_t seed = 1) {
  return study_wires(kStraight, {columns, from_si<Resistance>(segment), 32, seed, 2});
}

// Against an independent solver's study of such arrays, one a point: errors and signs hang on the
// array, so here it is their mean over six.
TEST(WireStudy, AgreesWithAnIndependentStudy) {
  struct Published {
    int columns;
    double segment, current, error, wrong_signs;
  };
  for (const auto& its :
       {Published{16, 1.0, 0.85, 0.30, 0.094}, Published{64, 0.1, 0.79, 0.21, 0.070},
        Published{64, 0.01, 0.97, 0.022, 0.007}, Published{128, 0.01, 0.90, 0.065, 0.021}}) {
    double current = 0.0, error = 0.0, wrong_signs = 0.0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const auto ours = study(its.columns, its.segment, seed);
      current += ours.mean_current / 6;
      error += ours.error / 6;
      wrong_signs += ours.wrong_signs / 6;
    }
    EXPECT_NEAR(current, its.current, 0.006) << its.columns;
    EXPECT_NEAR(error, its.error, 0.2 * its.error) << its.columns;
    EXPECT_NEAR(wrong_signs, its.wrong_signs, 0.3 * its.wrong_signs) << its.columns;
  }
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
