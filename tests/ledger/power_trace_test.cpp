// SPDX-License-Identifier: Apache-2.0
#include "ledger/power_trace.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/ledger/random_postings.h"

namespace dwmtj {
namespace {

// One account, windows of 100 ps.
class PowerTraceOfOneAccount : public ::testing::Test {
 protected:
  void post(Picoseconds start, Picoseconds duration, double joules) {
    ledger_.post(account_, start, duration, joules);
  }
  void expect_windows(const std::vector<double>& joules) const {
    ASSERT_EQ(trace_.joules().size(), joules.size());
    for (std::size_t i = 0; i < joules.size(); ++i) {
      EXPECT_DOUBLE_EQ(trace_.joules()[i], joules[i]) << "window " << i;
    }
  }

  Ledger ledger_;
  AccountId account_ = ledger_.add_account(ledger_.add_component("array", ""), "write");
  PowerTrace trace_{ledger_, 100};
};

TEST_F(PowerTraceOfOneAccount, IsEmptyBeforeTheFirstPosting) {
  EXPECT_EQ(trace_.window(), 100);
  EXPECT_TRUE(trace_.joules().empty());
  EXPECT_EQ(in_si(trace_.integral()), 0.0);
}

TEST_F(PowerTraceOfOneAccount, KeepsAPostingInsideItsWindow) {
  post(120, 30, 6.0);
  expect_windows({0.0, 6.0});
}

TEST_F(PowerTraceOfOneAccount, FillsAWindowFromBorderToBorder) {
  post(100, 100, 6.0);  // its end is the border, and needs no third window
  expect_windows({0.0, 6.0});
}

TEST_F(PowerTraceOfOneAccount, SharesAPostingAcrossABorder) {
  post(75, 100, 8.0);
  expect_windows({2.0, 6.0});
}

TEST_F(PowerTraceOfOneAccount, SharesAPostingAcrossManyBorders) {
  post(50, 300, 6.0);
  expect_windows({1.0, 2.0, 2.0, 1.0});
}

TEST_F(PowerTraceOfOneAccount, PostingsWithoutDurationFallIntoTheWindowThatBegins) {
  post(99, 0, 1.0);
  post(100, 0, 2.0);
  post(0, 0, 4.0);
  expect_windows({5.0, 2.0});
}

TEST_F(PowerTraceOfOneAccount, TakesPostingsInAnyOrder) {
  post(250, 10, 1.0);
  post(0, 300, 3.0);
  expect_windows({1.0, 1.0, 2.0});
  EXPECT_DOUBLE_EQ(in_si(trace_.integral()), 4.0);
}

TEST(PowerTrace, CountsFromWhenItListens) {
  Ledger ledger;
  const auto account = ledger.add_account(ledger.add_component("array", ""), "write");
  ledger.post(account, 0, 10, 1.0);
  const PowerTrace trace(ledger, 100);
  ledger.post(account, 0, 10, 2.0);
  EXPECT_EQ(in_si(trace.integral()), 2.0);
}

// Windows of a picosecond against a straightforward sum over all of them.
TEST(PowerTrace, WindowsOfAnyWidthAreSumsOfTheFinestOnes) {
  Ledger ledger;
  const PowerTrace fine(ledger, 1);
  const PowerTrace coarse(ledger, 977);
  test::post_at_random(ledger, 3, 300);
  std::vector<double> sums(coarse.joules().size(), 0.0);
  for (std::size_t i = 0; i < fine.joules().size(); ++i) sums[i / 977] += fine.joules()[i];
  for (std::size_t i = 0; i < sums.size(); ++i) {
    EXPECT_NEAR(coarse.joules()[i], sums[i], 1e-12 * in_si(ledger.posted())) << i;
  }
}

}  // namespace
}  // namespace dwmtj
