// SPDX-License-Identifier: Apache-2.0
#include "mapping/replication.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "mapping/division.h"

namespace dwmtj {
namespace {

using Copies = std::vector<std::int64_t>;
constexpr std::int64_t kAny = 1;  // step

std::int64_t arrays_of(const std::vector<CopyCost>& layers, const Copies& copies) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) total += copies[i] * layers[i].arrays;
  return total;
}

std::int64_t steps_of(const std::vector<CopyCost>& layers, const Copies& copies) {
  std::int64_t slowest = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    slowest = std::max(slowest, divide_up(layers[i].windows, copies[i]));
  }
  return slowest;
}

// Copies the slowest, one after another, until there is no room for it or it is fast enough.
Copies copied_one_by_one(const std::vector<CopyCost>& layers, std::int64_t arrays,
                         std::int64_t fewest_steps) {
  Copies copies(layers.size(), 1);
  while (true) {
    std::size_t slowest = 0;
    for (std::size_t i = 1; i < layers.size(); ++i) {
      const bool slower = layers[i].windows * copies[slowest] > layers[slowest].windows * copies[i];
      if (slower) slowest = i;
    }
    const auto most_here = divide_up(layers[slowest].windows, fewest_steps);
    const auto room = arrays - arrays_of(layers, copies);
    if (copies[slowest] == most_here || room < layers[slowest].arrays) return copies;
    ++copies[slowest];
  }
}

TEST(Replication, ByHand) {
  // 4 copies of the first make them equal; to be faster, both need more.
  EXPECT_EQ(copies_of({{100, 1}, {25, 3}}, 7, kAny), (Copies{4, 1}));
  EXPECT_EQ(copies_of({{100, 1}, {25, 3}}, 10, kAny), (Copies{4, 1})) << "5 and 2 need 11";
  EXPECT_EQ(copies_of({{100, 1}, {25, 3}}, 11, kAny), (Copies{5, 2}));
  EXPECT_EQ(copies_of({{100, 1}, {25, 3}}, 14, kAny), (Copies{8, 2}));
}

TEST(Replication, WhatDoesNotHelpTheSlowestIsNotCopied) {
  EXPECT_EQ(copies_of({{100, 50}, {99, 1}}, 100, kAny), (Copies{1, 1}));
}

TEST(Replication, NoMoreCopiesThanWindows) {
  EXPECT_EQ(copies_of({{4, 1}, {1, 1}}, 1000, kAny), (Copies{4, 1}));
}

TEST(Replication, NoFewerStepsThanAskedFor) {
  EXPECT_EQ(copies_of({{100, 1}, {30, 1}}, 1000, 100), (Copies{1, 1}));
  EXPECT_EQ(copies_of({{100, 1}, {30, 1}}, 1000, 20), (Copies{5, 2}));
  EXPECT_EQ(copies_of({{100, 1}, {30, 1}}, 1000, 1000), (Copies{1, 1}));
}

TEST(Replication, TooFewArraysForEvenOneOfEach) {
  EXPECT_EQ(copies_of({{100, 8}, {30, 8}}, 10, kAny), (Copies{1, 1}));
}

class RandomReplication : public testing::TestWithParam<unsigned> {
 protected:
  RandomReplication() : random_(GetParam()) {
    const int count = number(1, 12);
    for (int i = 0; i < count; ++i) layers_.push_back({number(1, 400), number(1, 20)});
    arrays_ = arrays_of(layers_, Copies(layers_.size(), 1)) + number(0, 300);
    fewest_steps_ = number(0, 2) == 0 ? number(1, 20) : kAny;
  }
  int number(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }

  std::mt19937 random_;
  std::vector<CopyCost> layers_;
  std::int64_t arrays_ = 0;
  std::int64_t fewest_steps_ = 0;
};

TEST_P(RandomReplication, AsFastAsCopyingTheSlowestWithNoMoreArrays) {
  const auto copies = copies_of(layers_, arrays_, fewest_steps_);
  const auto reference = copied_one_by_one(layers_, arrays_, fewest_steps_);
  EXPECT_EQ(steps_of(layers_, copies), steps_of(layers_, reference));
  EXPECT_LE(arrays_of(layers_, copies), arrays_of(layers_, reference));
}

TEST_P(RandomReplication, EveryCopyIsNeeded) {
  const auto copies = copies_of(layers_, arrays_, fewest_steps_);
  for (std::size_t i = 0; i < copies.size(); ++i) {
    if (copies[i] == 1) continue;
    auto fewer = copies;
    --fewer[i];
    EXPECT_GT(steps_of(layers_, fewer), steps_of(layers_, copies));
  }
}

TEST_P(RandomReplication, MoreArraysAreNeverSlower) {
  auto before = steps_of(layers_, copies_of(layers_, arrays_, fewest_steps_));
  for (int more = 1; more < 100; ++more) {
    const auto steps = steps_of(layers_, copies_of(layers_, arrays_ + more, fewest_steps_));
    ASSERT_LE(steps, before);
    before = steps;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomReplication, testing::Range(0U, 200U));

}  // namespace
}  // namespace dwmtj
