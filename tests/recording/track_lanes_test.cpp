// SPDX-License-Identifier: Apache-2.0
#include "recording/track_lanes.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(TrackLanes, OneAfterAnotherStayInOneLane) {
  TrackLanes lanes;
  for (Picoseconds time = 0; time < 50; time += 10) {
    EXPECT_EQ(lanes.take(time), 0U);
    lanes.give_back(0, time + 10);
  }
  EXPECT_EQ(lanes.size(), 1U);
}

TEST(TrackLanes, AtTheSameTimeInDifferentOnes) {
  TrackLanes lanes;
  EXPECT_EQ(lanes.take(0), 0U);
  EXPECT_EQ(lanes.take(1), 1U);
  EXPECT_EQ(lanes.take(2), 2U);
  lanes.give_back(1, 5);
  EXPECT_EQ(lanes.take(5), 1U);
  EXPECT_EQ(lanes.size(), 3U);
}

// Initiators that run ahead of the kernel leave their transactions behind in the future.
TEST(TrackLanes, NotInALaneThatIsTakenLaterOn) {
  TrackLanes lanes;
  EXPECT_EQ(lanes.take(100), 0U);
  lanes.give_back(0, 200);
  EXPECT_EQ(lanes.take(50), 1U);
  lanes.give_back(1, 60);
  EXPECT_EQ(lanes.take(200), 0U);
}

}  // namespace
}  // namespace dwmtj
