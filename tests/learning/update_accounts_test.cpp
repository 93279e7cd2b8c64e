// SPDX-License-Identifier: Apache-2.0
#include "learning/update_accounts.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(UpdateAccounts, AddUpOneByOne) {
  const UpdateAccounts primes{2, 3, 5, 7, 11, 13, 17, 19, 23, 29.0, 31.0, 37.0, 41};
  UpdateAccounts sum{1, 1, 1, 1, 1, 1, 1, 1, 1, 1.0, 1.0, 1.0, 1};
  sum += primes;
  EXPECT_EQ(sum.wanted, 3U);
  EXPECT_EQ(sum.pulses, 4U);
  EXPECT_EQ(sum.moved, 6U);
  EXPECT_EQ(sum.reverse_pulses, 8U);
  EXPECT_EQ(sum.rewrites, 12U);
  EXPECT_EQ(sum.flagged, 14U);
  EXPECT_EQ(sum.commands, 18U);
  EXPECT_EQ(sum.slots, 20U);
  EXPECT_EQ(sum.field_slots, 24U);
  EXPECT_EQ(sum.disturbed, 30.0);
  EXPECT_EQ(sum.write_energy, 32.0);
  EXPECT_EQ(sum.energy, 38.0);
  EXPECT_EQ(sum.write_time, 42);
}

TEST(UpdateAccounts, AreOfNothingAtFirst) {
  UpdateAccounts sum;
  sum += UpdateAccounts{};
  for (const auto count : {sum.wanted, sum.pulses, sum.moved, sum.reverse_pulses, sum.rewrites,
                           sum.flagged, sum.commands, sum.slots, sum.field_slots}) {
    EXPECT_EQ(count, 0U);
  }
  for (const auto value : {sum.disturbed, sum.write_energy, sum.energy}) EXPECT_EQ(value, 0.0);
  EXPECT_EQ(sum.write_time, 0);
  EXPECT_EQ(sum.share_moved(), 0.0);
  sum.pulses = 8;
  sum.moved = 2;
  EXPECT_EQ(sum.share_moved(), 0.25);
}

}  // namespace
}  // namespace dwmtj
