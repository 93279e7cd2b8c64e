// SPDX-License-Identifier: Apache-2.0
#include "common/sim_time.h"

#include <limits>

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

constexpr Picoseconds kLast = std::numeric_limits<Picoseconds>::max();

TEST(SimTime, IsTheSameNumberOfPicoseconds) {
  EXPECT_EQ(to_sc_time(1500), sc_core::sc_time(1.5, sc_core::SC_NS));
  EXPECT_EQ(to_picoseconds(sc_core::sc_time(1.5, sc_core::SC_NS)), 1500);
  EXPECT_EQ(to_picoseconds(to_sc_time(kLast)), kLast);
}

TEST(SimTime, WhatPicosecondsCannotCountIsRefused) {
  EXPECT_NE(input_error_of([] { return to_sc_time(-1); }), "accepted");
  const auto beyond = to_sc_time(kLast) + to_sc_time(1);
  EXPECT_NE(input_error_of([&] { return to_picoseconds(beyond); }), "accepted");
}

}  // namespace
}  // namespace dwmtj
