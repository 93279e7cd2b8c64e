// SPDX-License-Identifier: Apache-2.0
#include "estimation/arrivals.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(Arrivals, CountUpToTheFirstGap) {
  Arrivals arrivals;
  EXPECT_EQ(arrivals.complete(), 0);
  arrivals.add(1);
  EXPECT_EQ(arrivals.complete(), 0);
  arrivals.add(3, 2);
  arrivals.add(0);
  EXPECT_EQ(arrivals.complete(), 2);
  arrivals.add(2);
  EXPECT_EQ(arrivals.complete(), 5);
}

}  // namespace
}  // namespace dwmtj
