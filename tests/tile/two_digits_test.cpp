// SPDX-License-Identifier: Apache-2.0
#include "tile/two_digits.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(TwoDigits, UpAndDown) {
  EXPECT_DOUBLE_EQ(two_digits(123.4, true), 130.0);
  EXPECT_DOUBLE_EQ(two_digits(123.4, false), 120.0);
  EXPECT_DOUBLE_EQ(two_digits(0.0999, true), 0.1);
  EXPECT_DOUBLE_EQ(two_digits(0.0999, false), 0.099);
  EXPECT_DOUBLE_EQ(in_si(at_least(1.21e-9 * si::seconds)), 1.3e-9);
  EXPECT_DOUBLE_EQ(in_si(at_most(1.29e-9 * si::seconds)), 1.2e-9);
}

// 1e-6 of the second digit.
TEST(TwoDigits, AHairIsNoDigit) {
  EXPECT_DOUBLE_EQ(two_digits(120.0, true), 120.0);
  EXPECT_DOUBLE_EQ(two_digits(120.0, false), 120.0);
  EXPECT_DOUBLE_EQ(two_digits(120.0 + 0.9e-5, true), 120.0);
  EXPECT_DOUBLE_EQ(two_digits(120.0 - 0.9e-5, false), 120.0);
  EXPECT_DOUBLE_EQ(two_digits(120.0 + 1.2e-5, true), 130.0);
  EXPECT_DOUBLE_EQ(two_digits(120.0 - 1.2e-5, false), 110.0);
}

}  // namespace
}  // namespace dwmtj
