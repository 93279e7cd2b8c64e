// SPDX-License-Identifier: Apache-2.0
#include "devices/conductance_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(ConductanceGrid, GivesTheNearest) {
  EXPECT_EQ(on_grid(0.0), 0.0);
  EXPECT_EQ(on_grid(5.0 * kConductanceGrid), 5.0 * kConductanceGrid);
  EXPECT_EQ(on_grid(5.4 * kConductanceGrid), 5.0 * kConductanceGrid);
  EXPECT_EQ(on_grid(5.6 * kConductanceGrid), 6.0 * kConductanceGrid);
  EXPECT_EQ(on_grid(-5.6 * kConductanceGrid), -6.0 * kConductanceGrid);
  for (const double siemens : {1e-6, 1.1e-3, 1.0 / 67.0, 20.0}) {
    EXPECT_LE(std::abs(on_grid(siemens) - siemens), 0.5 * kConductanceGrid);
    EXPECT_EQ(std::fmod(on_grid(siemens), kConductanceGrid), 0.0);
  }
}

// 8192 devices of 67 to 100 ohm: 100 S. Without the grid the orders differ.
TEST(ConductanceGrid, SumsAreTheSameInAnyOrder) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> ohms(67.0, 100.0);
  std::vector<double> exact, plain, squares;
  for (int i = 0; i < 8192; ++i) {
    plain.push_back(1.0 / ohms(random));
    exact.push_back(on_grid(plain.back()));
    squares.push_back(square_on_grid(exact.back()));
  }
  const auto sum = [](const std::vector<double>& terms) {
    return std::accumulate(terms.begin(), terms.end(), 0.0);
  };
  const double forward = sum(exact);
  const double forward_squares = sum(squares);
  const double forward_plain = sum(plain);
  bool plain_differs = false;
  for (int round = 0; round < 20; ++round) {
    std::shuffle(exact.begin(), exact.end(), random);
    std::shuffle(squares.begin(), squares.end(), random);
    std::shuffle(plain.begin(), plain.end(), random);
    EXPECT_EQ(sum(exact), forward);
    EXPECT_EQ(sum(squares), forward_squares);
    plain_differs = plain_differs || sum(plain) != forward_plain;
  }
  EXPECT_TRUE(plain_differs);
}

}  // namespace
}  // namespace dwmtj
