// SPDX-License-Identifier: Apache-2.0
#include "mapping/array_cursor.h"

#include <string>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

// "2:0+3" is three arrays of core 2 from its array 0 on.
std::string take(ArrayCursor& cursor, std::int64_t wanted) {
  std::string text;
  for (const auto& place : cursor.take(wanted)) {
    text += text.empty() ? "" : " ";
    text += std::to_string(place.core) + ":" + std::to_string(place.first_array) + "+" +
            std::to_string(place.arrays);
  }
  return text;
}

TEST(ArrayCursor, SmallOnesShareACore) {
  ArrayCursor cursor({2, 8, 1, 1, 1}, 9);
  EXPECT_EQ(take(cursor, 3), "0:0+3");
  EXPECT_EQ(take(cursor, 5), "0:3+5");
  EXPECT_EQ(take(cursor, 1), "1:0+1");
}

TEST(ArrayCursor, WhatFitsOnACoreIsNotSplit) {
  ArrayCursor cursor({2, 8, 1, 1, 1}, 14);  // 2 to spare
  EXPECT_EQ(take(cursor, 6), "0:0+6");
  EXPECT_EQ(take(cursor, 8), "1:0+8");
}

TEST(ArrayCursor, UnlessNoArraysAreToSpare) {
  ArrayCursor cursor({2, 8, 1, 1, 1}, 15);
  EXPECT_EQ(take(cursor, 6), "0:0+6");
  EXPECT_EQ(take(cursor, 4), "0:6+2 1:0+2");
  EXPECT_EQ(take(cursor, 5), "1:2+5");
}

TEST(ArrayCursor, LargeOnesLieOnAsFewCoresAsPossible) {
  ArrayCursor cursor({8, 8, 1, 1, 1}, 3 + 18 + 22);
  EXPECT_EQ(take(cursor, 3), "0:0+3");
  EXPECT_EQ(take(cursor, 18), "0:3+5 1:0+8 2:0+5") << "three either way";
  EXPECT_EQ(take(cursor, 22), "3:0+8 4:0+8 5:0+6");
}

TEST(ArrayCursor, EveryArrayCanBeTaken) {
  ArrayCursor cursor({3, 3, 1, 1, 1}, 9);
  EXPECT_EQ(take(cursor, 4), "0:0+3 1:0+1");
  EXPECT_EQ(take(cursor, 5), "1:1+2 2:0+3");
}

}  // namespace
}  // namespace dwmtj
