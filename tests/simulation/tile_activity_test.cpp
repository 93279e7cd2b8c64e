// SPDX-License-Identifier: Apache-2.0
#include "simulation/tile_activity.h"

#include <sstream>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

using State = TileActivity::State;

// The rows behind the head, as numbers.
std::vector<std::array<double, 5>> rows(const TileActivity& activity, std::size_t tiles) {
  std::istringstream text(activity.csv(tiles));
  std::string line;
  std::getline(text, line);
  EXPECT_EQ(line, "start_s,end_s,busy,waiting,idle");
  std::vector<std::array<double, 5>> all;
  while (std::getline(text, line)) {
    std::istringstream cells(line);
    for (auto& value : all.emplace_back()) {
      std::string cell;
      std::getline(cells, cell, ',');
      value = std::stod(cell);
    }
  }
  return all;
}

void expect_row(const std::array<double, 5>& row, const std::array<double, 5>& wanted) {
  EXPECT_NEAR(row[0], wanted[0] * 1e-9, 1e-18);
  EXPECT_NEAR(row[1], wanted[1] * 1e-9, 1e-18);
  for (std::size_t i = 2; i < 5; ++i) EXPECT_NEAR(row[i], wanted[i], 1e-12) << i;
}

TEST(TileActivity, IsSharedOutOverStretchesOfANanosecond) {
  TileActivity activity;
  activity.start(500);
  activity.add(State::busy, 0, 500);  // before it begins
  activity.add(State::busy, 1000, 3000);
  activity.add(State::waiting, 3000, 3500);
  activity.add(State::busy, 100, 600);  // of this, the end
  const auto all = rows(activity, 2);
  ASSERT_EQ(all.size(), 3U);
  expect_row(all[0], {0, 1, 0.6, 0, 1.4});
  expect_row(all[1], {1, 2, 1, 0, 1});
  expect_row(all[2], {2, 3, 0.5, 0.5, 1});
  EXPECT_NEAR(activity.seconds(State::busy), 2.1e-9, 1e-18);
  EXPECT_NEAR(activity.seconds(State::waiting), 0.5e-9, 1e-18);
}

TEST(TileActivity, StretchesDoubleWhenTimeRunsOut) {
  TileActivity activity;
  activity.add(State::busy, 1000, 2000);
  activity.add(State::busy, 2000, 2500);
  activity.add(State::waiting, 511000, 512000);
  EXPECT_EQ(rows(activity, 1).size(), 512U);
  activity.add(State::busy, 512000, 512001);
  const auto all = rows(activity, 1);
  ASSERT_EQ(all.size(), 257U);
  expect_row(all[0], {0, 2, 0.5, 0, 0.5});
  expect_row(all[1], {2, 4, 0.25, 0, 0.75});
  expect_row(all[2], {4, 6, 0, 0, 1});
  expect_row(all[255], {510, 512, 0, 0.5, 0.5});
  expect_row(all[256], {512, 514, 0.0005, 0, 0.9995});
  EXPECT_NEAR(activity.seconds(State::busy), 1.501e-9, 1e-18);
  EXPECT_NEAR(activity.seconds(State::waiting), 1e-9, 1e-18);
}

}  // namespace
}  // namespace dwmtj
