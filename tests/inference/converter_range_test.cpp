// SPDX-License-Identifier: Apache-2.0
#include "inference/converter_range.h"

#include <cmath>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(ConverterRange, OfNothingIsOneOfAnySize) {
  const auto range = best_range({}, 8);
  EXPECT_EQ(range.low, 0.0);
  EXPECT_EQ(range.high, 1.0);
}

// Where nothing lies far out, all is kept.
TEST(ConverterRange, OfEvenValuesIsWhatTheyCover) {
  std::vector<float> values;
  for (int i = 0; i <= 255; ++i) values.push_back(static_cast<float>(i) / 64.0F);
  const auto positive = best_range(values, 8);  // a step each: no error at all
  EXPECT_EQ(positive.low, 0.0);
  EXPECT_EQ(positive.high, 255.0 / 64);
}

TEST(ConverterRange, IsSymmetricWhereBothSignsOccur) {
  std::vector<float> values;
  for (int i = -100; i <= 200; ++i) values.push_back(static_cast<float>(i));
  const auto range = best_range(values, 10);
  EXPECT_EQ(range.high, 200.0);
  EXPECT_EQ(range.low, -200.0);
  const auto negative = best_range({-3, -2, -1}, 8);
  EXPECT_EQ(negative.low, -3.0);
  EXPECT_EQ(negative.high, 3.0);
}

// 1000 values between 0 and 1, one of 100: of 4 bits a step that reaches it is 6.7, and loses all
// others. Without it one value is wrong, by 99; a few more may be, where that makes steps smaller.
TEST(ConverterRange, LeavesOutWhatLiesFarOut) {
  std::vector<float> values;
  for (int i = 0; i < 1000; ++i) values.push_back(static_cast<float>(i) / 999.0F);
  values.push_back(100.0F);
  EXPECT_NEAR(best_range(values, 4).high, 1.0, 0.01);
  EXPECT_EQ(best_range(values, 16).high, 100.0);  // steps of 0.0015: all may stay
}

// What is left out is left out at both ends, half of the share each: of 1001 values in order, with
// a share of 1 %, the five largest.
TEST(ConverterRange, CountsAShareOfTheValues) {
  std::vector<float> values(991, 0.0F);
  for (int i = 0; i < 991; ++i) values[static_cast<std::size_t>(i)] = static_cast<float>(i) * 1e-3F;
  for (int i = 0; i < 10; ++i) values.push_back(40.0F + static_cast<float>(i));
  // Errors of a converter over [0, high], of 6 bits, summed up: 63 steps.
  const auto error = [&](double high) {
    double sum = 0;
    const double step = high / 63;
    for (const double value : values) {
      const double inside = std::min(value, high);
      sum += std::abs(step * std::nearbyint(inside / step) - value);
    }
    return sum;
  };
  const auto found = best_range(values, 6);
  double least = HUGE_VAL;
  // Of no value, 0.01, 0.1, 0.5, 1, and 2 % left out: the share's half from the top.
  for (const std::size_t top : {1000U, 999U, 999U, 997U, 995U, 990U}) {
    least = std::min(least, error(double{values[top]}));
  }
  EXPECT_DOUBLE_EQ(error(found.high), least);
  EXPECT_EQ(found.low, 0.0);
  EXPECT_LT(found.high, 49.0);
}

}  // namespace
}  // namespace dwmtj
