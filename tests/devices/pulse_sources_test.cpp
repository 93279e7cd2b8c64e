// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse_sources.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

constexpr ConductanceLevels kFive{1.0, 5.0, 5};

// The mean level after each pulse of a train from one end.
std::vector<double> means_of_train(const LevelChanges& changes, const ConductanceLevels& levels,
                                   int start, int pulses) {
  const auto chances = changes.chances();
  const auto count = static_cast<std::size_t>(levels.count);
  std::vector<double> now(count, 0.0);
  now[static_cast<std::size_t>(start)] = 1.0;
  std::vector<double> means;
  for (int pulse = 0; pulse < pulses; ++pulse) {
    std::vector<double> next(count, 0.0);
    for (std::size_t from = 0; from < count; ++from) {
      for (std::size_t to = 0; to < count; ++to) next[to] += now[from] * chances[from * count + to];
    }
    now = next;
    double mean = 0.0;
    for (std::size_t i = 0; i < count; ++i) mean += now[i] * levels.level(static_cast<int>(i));
    means.push_back(mean);
  }
  return means;
}

TEST(PulseSources, AStraightCurveWithoutNoiseIsOneLevelAPulse) {
  const auto up = changes_of(PulseCurve{5, 0.0, 0.0}, kFive, true).chances();
  const auto down = changes_of(PulseCurve{5, 0.0, 0.0}, kFive, false).chances();
  for (std::size_t from = 0; from < 5; ++from) {
    for (std::size_t to = 0; to < 5; ++to) {
      EXPECT_NEAR(up[from * 5 + to], to == std::min<std::size_t>(from + 1, 4) ? 1.0 : 0.0, 1e-12);
      EXPECT_NEAR(down[from * 5 + to], to == (from == 0 ? 0 : from - 1) ? 1.0 : 0.0, 1e-12);
    }
  }
}

TEST(PulseSources, TheMeanOfATrainIsTheCurveOfTable1) {
  const ConductanceLevels levels{2.0, 4.0, 21};
  for (const double nu : {0.8, 1.59, -1.46, 3.0, 51.7, 668.0}) {
    for (const bool upwards : {true, false}) {
      const auto means = means_of_train(changes_of(PulseCurve{33, nu, 0.0}, levels, upwards),
                                        levels, upwards ? 0 : 20, 32);
      for (int pulse = 1; pulse <= 32; ++pulse) {
        const double way = std::expm1(-nu * pulse / 32.0) / std::expm1(-nu);
        const double expected = upwards ? 2.0 + 2.0 * way : 4.0 - 2.0 * way;
        // Exact until the first walls, ahead of the mean by the sharing out, meet the end.
        // A curve that gets steeper falls behind on fewer levels than states.
        const double slack = pulse <= 8 ? 1e-9 : nu < 0.0 ? 0.3 : 0.1;
        EXPECT_NEAR(means[static_cast<std::size_t>(pulse - 1)], expected, slack)
            << nu << " " << pulse;
      }
    }
  }
}

TEST(PulseSources, WriteNoiseIsTheDeviationOfAChange) {
  const ConductanceLevels levels{0.0 + 1.0, 2.0, 101};
  const auto changes = changes_of(PulseCurve{11, 0.0, 0.03}, levels, true);
  const auto chances = changes.chances();
  const std::size_t row = 50 * std::size_t{101};
  double mean = 0.0;
  double squares = 0.0;
  for (std::size_t to = 0; to < 101; ++to) {
    const double change = levels.level(static_cast<int>(to)) - levels.level(50);
    mean += chances[row + to] * change;
    squares += chances[row + to] * change * change;
  }
  EXPECT_NEAR(mean, 0.1, 1e-9);
  // On levels h apart the variance grows by about h^2 / 6 (shares of both neighbours): 1.7e-5.
  EXPECT_NEAR(std::sqrt(squares - mean * mean), std::sqrt(0.03 * 0.03 + 0.01 * 0.01 / 6.0), 1e-5);
}

TEST(PulseSources, TablesAreReadBetweenTheirOwnConductances) {
  // Changes of 0 to 2 at conductance 1, of 2 to 4 at 5, evenly spread.
  const LookupTable table{"", {1.0, 5.0}, {0.0, 0.5, 1.0}, {{0.0, 2.0}, {1.0, 3.0}, {2.0, 4.0}}};
  EXPECT_DOUBLE_EQ(table.change(1, 3.0), 2.0);
  const auto chances = changes_of(table, {1.0, 5.0, 5}).chances();
  // From 1: halves of mean change 0.5 and 1.5.
  EXPECT_DOUBLE_EQ(chances[0], 0.25);
  EXPECT_DOUBLE_EQ(chances[1], 0.5);
  EXPECT_DOUBLE_EQ(chances[2], 0.25);
  // From 3: 1.5 and 2.5, the latter beyond the end.
  EXPECT_DOUBLE_EQ(chances[2 * 5 + 3], 0.25);
  EXPECT_DOUBLE_EQ(chances[2 * 5 + 4], 0.75);
}

TEST(PulseSources, TrainsCountPulsesOfTheirKind) {
  const PulseTrains trains{false,
                           {{1.0, 1e-8, 1.0, 2.0},
                            {1.0, 1e-8, 1.0, 3.0},
                            {1.0, 2e-8, 1.0, 5.0},
                            {2.0, 1e-8, 1.0, 5.0},
                            {-1.0, 1e-8, 1.0, 5.0}}};
  const auto changes = changes_of(trains, 1.0 + 1e-9, from_si<Time>(1e-8), kFive);
  EXPECT_DOUBLE_EQ(changes.weight(0), 2.0);
  EXPECT_EQ(changes.weight(1), 0.0);
}

// A millionth off is the same pulse, in amplitude and in width.
TEST(PulseSources, TrainsCountPulsesThatAreTheSameButForRounding) {
  const PulseTrains trains{false,
                           {{1.0 + 0.9e-6, 1e-8, 1.0, 2.0},
                            {1.0 + 1.2e-6, 1e-8, 1.0, 2.0},
                            {1.0, 1e-8 * (1 - 0.9e-6), 1.0, 2.0},
                            {1.0, 1e-8 * (1 - 1.2e-6), 1.0, 2.0}}};
  EXPECT_DOUBLE_EQ(changes_of(trains, 1.0, from_si<Time>(1e-8), kFive).weight(0), 2.0);
}

}  // namespace
}  // namespace dwmtj
