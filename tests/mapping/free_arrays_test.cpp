// SPDX-License-Identifier: Apache-2.0
#include "mapping/free_arrays.h"

#include <string>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

// "2:0+3" is three arrays of core 2 from its array 0 on.
std::string take(FreeArrays& free, std::int64_t wanted) {
  std::string text;
  for (const auto& place : free.take(wanted)) {
    text += text.empty() ? "" : " ";
    text += std::to_string(place.core) + ":" + std::to_string(place.first_array) + "+" +
            std::to_string(place.arrays);
  }
  return text;
}

FreeArrays chip(int cores, int arrays) { return FreeArrays({cores, arrays, 1, 1, 1}); }

TEST(FreeArrays, SmallOnesShareACore) {
  auto free = chip(2, 8);
  EXPECT_EQ(take(free, 3), "0:0+3");
  EXPECT_EQ(take(free, 5), "0:3+5");
  EXPECT_EQ(take(free, 1), "1:0+1");
}

TEST(FreeArrays, WhatFitsOnACoreIsNotSplit) {
  auto free = chip(2, 8);
  take(free, 6);
  EXPECT_EQ(take(free, 5), "1:0+5");
  EXPECT_EQ(take(free, 3), "1:5+3");
  EXPECT_EQ(take(free, 2), "0:6+2") << "comes round to the hole";
}

TEST(FreeArrays, LargeOnesTakeWholeCoresFirst) {
  auto free = chip(4, 8);
  take(free, 3);
  EXPECT_EQ(take(free, 18), "1:0+8 2:0+8 3:0+2");
}

TEST(FreeArrays, OnAFullChipWhatIsLeftIsTakenTheLargestFirst) {
  auto free = chip(3, 4);
  take(free, 3);
  take(free, 2);
  take(free, 4);
  EXPECT_EQ(take(free, 3), "1:2+2 0:3+1");
}

TEST(FreeArrays, EveryArrayCanBeTaken) {
  auto free = chip(5, 3);
  EXPECT_EQ(take(free, 15), "0:0+3 1:0+3 2:0+3 3:0+3 4:0+3");
}

}  // namespace
}  // namespace dwmtj
