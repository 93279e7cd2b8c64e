// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "arithmetic/arithmetic.h"

namespace dwmtj {
namespace {

constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kLeast = std::numeric_limits<std::int32_t>::min();

TEST(FixedPoint, HasSixteenBitsBehindThePoint) {
  EXPECT_EQ(to_fixed(1.0).raw, 65536);
  EXPECT_EQ(to_fixed(-2.5).raw, -163840);
  EXPECT_EQ(to_double(Fixed{1}), 0x1p-16);
}

TEST(FixedPoint, RoundsToTheNearerAndOfTwoToTheEven) {
  EXPECT_EQ(to_fixed(0.5 * 0x1p-16).raw, 0);
  EXPECT_EQ(to_fixed(1.5 * 0x1p-16).raw, 2);
  EXPECT_EQ(to_fixed(2.5 * 0x1p-16).raw, 2);
  EXPECT_EQ(to_fixed(-1.5 * 0x1p-16).raw, -2);
  EXPECT_EQ(to_fixed(2.51 * 0x1p-16).raw, 3);
}

TEST(FixedPoint, StopsAtItsEnds) {
  EXPECT_EQ(to_fixed(1e9).raw, kMost);
  EXPECT_EQ(to_fixed(-1e9).raw, kLeast);
  EXPECT_EQ(to_fixed(HUGE_VAL).raw, kMost);
  EXPECT_EQ(to_fixed(NAN).raw, 0);
  EXPECT_EQ((Fixed{kMost} + Fixed{1}).raw, kMost);
  EXPECT_EQ((Fixed{kLeast} - Fixed{1}).raw, kLeast);
  EXPECT_EQ((to_fixed(30000) * to_fixed(30000)).raw, kMost);
  EXPECT_EQ((to_fixed(30000) * to_fixed(-30000)).raw, kLeast);
}

TEST(FixedPoint, MultipliesRounded) {
  EXPECT_EQ(to_fixed(1.5) * to_fixed(-2.25), to_fixed(-3.375));
  EXPECT_EQ((Fixed{1} * to_fixed(0.5)).raw, 0);  // a half, to the even
  EXPECT_EQ((Fixed{3} * to_fixed(0.5)).raw, 2);  // one and a half
  EXPECT_EQ((Fixed{-3} * to_fixed(0.5)).raw, -2);
  EXPECT_EQ((Fixed{-1} * to_fixed(0.5)).raw, 0);
}

TEST(FixedPoint, DividesRounded) {
  EXPECT_EQ(rounded_quotient(7, 2), 4);  // 3.5
  EXPECT_EQ(rounded_quotient(5, 2), 2);  // 2.5
  EXPECT_EQ(rounded_quotient(-5, 2), -2);
  EXPECT_EQ(rounded_quotient(-7, 3), -2);
  EXPECT_EQ(rounded_quotient(8, 3), 3);
}

TEST(FixedPoint, MeansAreTheSameInAnyOrder) {
  std::vector<Fixed> values;
  for (int i = 0; i < 1000; ++i) values.push_back({(i * 7919) % 100003 - 50000});
  const auto mean = [&] {
    Arithmetic<Fixed>::Mean sum;
    for (const auto value : values) sum.add(value);
    return sum.of(1000);
  };
  const auto first = mean();
  std::reverse(values.begin(), values.end());
  EXPECT_EQ(mean(), first);
  std::sort(values.begin(), values.end());
  EXPECT_EQ(mean(), first);
}

TEST(RoundedShift, TakesNegativeValuesAndTiesToEven) {
  EXPECT_EQ(rounded_shift(5, 1), 2);
  EXPECT_EQ(rounded_shift(-5, 1), -2);
  EXPECT_EQ(rounded_shift(-3, 1), -2);
  EXPECT_EQ(rounded_shift(-7, 2), -2);
  EXPECT_EQ(rounded_shift(-6125, 4), -383);  // 382.8
  EXPECT_EQ(rounded_shift(std::numeric_limits<std::int64_t>::min(), 62), -2);
}

}  // namespace
}  // namespace dwmtj
