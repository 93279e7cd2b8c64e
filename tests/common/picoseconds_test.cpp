// SPDX-License-Identifier: Apache-2.0
#include "common/picoseconds.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

constexpr Picoseconds kLast = std::numeric_limits<Picoseconds>::max();
const std::string kTooLate =
    "simulated time would go beyond 106 days, the most that can be counted";

Time seconds(double value) { return from_si<Time>(value); }

template <typename Action>
bool refused(Action action) {
  return input_error_of(action) != "accepted";
}

TEST(Picoseconds, RoundToTheNearest) {
  EXPECT_EQ(to_picoseconds(seconds(0.4e-12)), 0);
  EXPECT_EQ(to_picoseconds(seconds(0.6e-12)), 1);
  EXPECT_EQ(to_picoseconds(seconds(50e-9)), 50000);
  for (const Picoseconds time : {0L, 1L, 333L, 59999L, 1000000000001L}) {
    EXPECT_EQ(to_picoseconds(to_time(time)), time);
  }
}

TEST(Picoseconds, ElevenDaysAreTheMostThatEnters) {
  EXPECT_EQ(to_picoseconds(seconds(1e6)), kLongestDuration);
  for (const double wrong : {1.000001e6, 1e7, 1e9, 1e300, -1.1e6, std::nan(""), HUGE_VAL}) {
    EXPECT_TRUE(refused([&] { return to_picoseconds(seconds(wrong)); })) << wrong;
  }
  EXPECT_EQ(input_error_of([] { return to_picoseconds(seconds(1e9)); }),
            "31.69 y is longer than 11.57 d, the most of one simulated time");
}

TEST(Picoseconds, ADurationIsNothingOrAtLeastAPicosecond) {
  for (const double right : {0.0, 1e-12, 0.001e-9, 1.4e-12, 50e-9, 0.7, 1e6}) {
    EXPECT_NO_THROW(check_duration(seconds(right))) << right;
  }
  for (const double wrong : {0.4e-12, 0.9e-12, 1e-15, -1e-9, 1.1e6, std::nan("")}) {
    EXPECT_TRUE(refused([&] {
      check_duration(seconds(wrong));
      return 0;
    })) << wrong;
  }
}

TEST(Picoseconds, SumsAndProductsDoNotWrap) {
  EXPECT_EQ(later(1, 2), 3);
  EXPECT_EQ(later(kLast - 1, 1), kLast);
  EXPECT_EQ(input_error_of([] { return later(kLast, 1); }), kTooLate);
  EXPECT_EQ(repeated(3, 5), 15);
  EXPECT_EQ(repeated(9, kLongestDuration), 9 * kLongestDuration);
  EXPECT_EQ(input_error_of([] { return repeated(10, kLongestDuration); }), kTooLate);
  EXPECT_EQ(input_error_of([] { return repeated(kLast, kLast); }), kTooLate);
}

}  // namespace
}  // namespace dwmtj
