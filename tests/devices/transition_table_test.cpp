// SPDX-License-Identifier: Apache-2.0
#include "devices/transition_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/law_grid.h"
#include "tests/support/statistics.h"

namespace dwmtj {
namespace {

using test::catalog_model;
using test::nanoseconds;
using test::volts;
using test::Walk;

struct Case {
  std::string device;
  double pads = 0.0;  // V
  int from = 0;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.device << " at " << c.pads << " V from site " << c.from;
}

// Near the thresholds, so that several ends have a share.
const std::vector<Case> kCases = {
    {"straight", 4.4, 0},       {"straight", 4.2, 1},      {"straight", -4.45, 4},
    {"trapezoidal", 3.0, 1},    {"trapezoidal", 3.35, 1},  {"trapezoidal", 3.5, 2},
    {"trapezoidal", -3.7, 3},   {"trapezoidal-5", 2.4, 1}, {"scaled-50nm", 0.185, 3},
    {"scaled-50nm", -0.19, 20},
};

const TransitionTable& table_of(const Case& c) {
  const auto& model = catalog_model(c.device);
  return model.table(model.pad_pulse(volts(c.pads)));
}

std::vector<double> row(const TransitionTable& table, int from) {
  std::vector<double> result;
  for (int to = 0; to < table.sites(); ++to) result.push_back(table.probability(from, to));
  return result;
}

constexpr int kWalks = 20000;
constexpr int kBins = 200;  // of the table, at least: the times of hops are exact to a bin
constexpr int kSteps = 2000;

std::vector<Walk> walks_of(const Case& c) {
  const test::SteppedWall wall(catalog_model(c.device).switching(), table_of(c).pulse(), kSteps);
  std::mt19937_64 random(3);
  std::vector<Walk> walks;
  for (int i = 0; i < kWalks; ++i) walks.push_back(wall.walk(c.from, random));
  return walks;
}

int commonest_end_with_a_hop(const TransitionTable& table, int from) {
  auto chances = row(table, from);
  chances[static_cast<std::size_t>(from)] = 0.0;
  return static_cast<int>(std::max_element(chances.begin(), chances.end()) - chances.begin());
}

class AgainstSteppedLaw : public ::testing::TestWithParam<Case> {};

// Each test at a level of 1 %, shared out among the cases.
TEST_P(AgainstSteppedLaw, EndsAndTimesAgree) {
  const double level = 0.01 / static_cast<double>(kCases.size());
  const int from = GetParam().from;
  const auto& table = table_of(GetParam());
  const double bin = in_si(table.pulse().shape.foot_to_foot()) / kBins;
  const int to = commonest_end_with_a_hop(table, from);

  std::vector<std::uint64_t> ends(static_cast<std::size_t>(table.sites()), 0);
  std::vector<std::uint64_t> first_hops[2];  // by bin: of the walks, of the table
  for (auto& hops : first_hops) hops.assign(kBins, 0);
  std::vector<double> last_hops[2];  // s
  const auto book = [&](int side, double first, double last) {
    ++first_hops[side][static_cast<std::size_t>(first / bin)];
    last_hops[side].push_back(last);
  };
  std::uint32_t count = 0;
  for (const auto& walk : walks_of(GetParam())) {
    ++ends[static_cast<std::size_t>(walk.end)];
    if (walk.end != to) continue;
    book(0, walk.left.front(), walk.left.back());
    const auto hops = table.motion(from, to, draw(4, Stream::device, 0, count++));
    book(1, in_si(hops.front().leaves), in_si(hops.back().leaves));
  }

  test::ChiSquare of_ends;
  of_ends.add(row(table, from), ends);
  test::ChiSquare of_first_hops;
  of_first_hops.add_two_samples(first_hops[0], first_hops[1]);
  const double slack = std::abs(to - from) * bin;
  const double p_last = test::same_distribution_p(last_hops[0], last_hops[1], slack);
  std::printf(
      "  ends p = %.3f (%.0f degrees of freedom); %zu walks to %d: first hop p = %.3f "
      "(%.0f), last hop p = %.3f\n",
      of_ends.p(), of_ends.freedom(), last_hops[0].size(), to, of_first_hops.p(),
      of_first_hops.freedom(), p_last);
  EXPECT_GE(of_ends.freedom(), 1.0);
  EXPECT_GT(of_ends.p(), level);
  EXPECT_GT(last_hops[0].size(), 1000U);
  EXPECT_GT(of_first_hops.p(), level);
  EXPECT_GT(p_last, level);
}

INSTANTIATE_TEST_SUITE_P(Catalog, AgainstSteppedLaw, ::testing::ValuesIn(kCases));

// The whole grid takes minutes: benchmarks/law_grid.
TEST(TransitionTable, IsTheLawOnTheGrid) {
  constexpr int kDraws = 120;
  const auto grid = test::law_grid(60);
  ASSERT_GE(grid.size(), 240U);
  double most = 0.0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const auto law = test::law_of(grid[i]);
    const auto pulse = test::pulse_of(grid[i], law);
    std::mt19937_64 random(i);
    most = std::max(most, test::most_sigmas(TransitionTable(law, pulse), grid[i].from,
                                            *test::wall_of(law, pulse, kSteps), kDraws, random));
  }
  std::printf("  %zu points, %d draws each: at most %.2f sigma\n", grid.size(), kDraws, most);
  EXPECT_LT(most, 4.5);
}

double mean_end(const TransitionTable& table, int from) {
  double mean = 0.0;
  for (int to = 0; to < table.sites(); ++to) mean += to * table.probability(from, to);
  return mean;
}

double mean_end(const std::string& device, double pads, const PulseShape* shape) {
  const auto& model = catalog_model(device);
  Pulse pulse = model.pad_pulse(volts(pads));
  if (shape != nullptr) pulse.shape = *shape;
  return mean_end(TransitionTable(model.switching(), pulse), 0);
}

// Ends of the scaled device that plain steps of 10 ps or less gave, with 10^5 walls or more.
TEST(TransitionTable, IsTheLawWhereFlightsOrHopsFillThePulse) {
  const PulseShape triangle_1us{nanoseconds(1000), nanoseconds(1000), nanoseconds(1000)};
  const PulseShape triangle_10ns{nanoseconds(10), nanoseconds(10), nanoseconds(10)};
  const PulseShape nominal_1us{nanoseconds(1000), nanoseconds(200), nanoseconds(200)};
  EXPECT_NEAR(mean_end(test::kScaled, 0.5, nullptr), 18.00, 0.005);
  EXPECT_NEAR(mean_end(test::kScaled, 0.22, nullptr), 14.085, 0.01);
  EXPECT_NEAR(mean_end(test::kScaled, 0.17, &triangle_1us), 22.4, 0.15);
  EXPECT_NEAR(mean_end(test::kScaled, 0.20, &triangle_10ns), 13.76, 0.05);
  EXPECT_NEAR(mean_end(test::kScaled, 0.1575, &nominal_1us), 26.63, 0.05);
}

// A flight that takes longer than the pulse ends at the next site, however long it takes.
TEST(TransitionTable, SlowWallsHopOnce) {
  for (const double velocity : {1e-9, 1e-300}) {
    auto parameters = test::catalog_parameters(test::kTrapezoid);
    parameters.pinning.wall_velocity = from_si<Velocity>(velocity);
    const DeviceModel slow(parameters);
    const auto& table = slow.table(slow.pad_pulse(volts(-4.5)));
    EXPECT_NEAR(table.probability(3, 2), 1.0, 1e-6) << velocity;
    EXPECT_EQ(table.motion(3, 2, draw(1, Stream::device, 0, 0)).size(), 1U);
  }
}

// 20 flights of 30 ps fit into 0.6 ns, the last of them to the end of the pulse.
TEST(TransitionTable, FlightsThatFitExactlyAreCounted) {
  const auto& model = catalog_model(test::kScaled);
  Pulse pulse = model.pad_pulse(volts(0.5));
  pulse.shape = {nanoseconds(0.6), nanoseconds(0), nanoseconds(0)};
  EXPECT_EQ(TransitionTable(model.switching(), pulse).probability(0, 20), 1.0);
  EXPECT_EQ(TransitionTable(model.switching(), pulse).probability(3, 23), 1.0);
}

// Amplitudes from nothing to far beyond the thresholds, both ways, with several shapes.
std::vector<Pulse> all_kinds_of_pulses(const DeviceModel& model) {
  std::vector<Pulse> pulses;
  const auto& point = model.parameters().operating_point;
  for (double share = -2.0; share <= 2.0; share += 0.1) {
    for (const double stretch : {0.1, 1.0, 20.0}) {
      Pulse pulse = model.pad_pulse(share * point.pad_voltage);
      pulse.shape.width = stretch * pulse.shape.width;
      pulse.shape.rise = stretch * pulse.shape.rise;
      pulse.shape.fall = 0.0 * pulse.shape.fall;
      pulses.push_back(pulse);
    }
  }
  return pulses;
}

TEST(TransitionTable, RowsAreDistributions) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    for (const auto& pulse : all_kinds_of_pulses(model)) {
      const TransitionTable table(model.switching(), pulse);
      const bool forward = in_si(pulse.amplitude) >= 0.0;
      for (int from = 0; from < table.sites(); ++from) {
        double sum = 0.0;
        for (int to = 0; to < table.sites(); ++to) {
          const double p = table.probability(from, to);
          ASSERT_GE(p, 0.0);
          ASSERT_LE(p, 1.0 + 1e-15);
          if (forward ? to < from : to > from) {
            ASSERT_EQ(p, 0.0) << "against the direction";
          }
          sum += p;
        }
        ASSERT_NEAR(sum, 1.0, 1e-12) << name << " from " << from;
      }
    }
  }
}

TEST(TransitionTable, WithoutCurrentNothingMoves) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    const TransitionTable table(model.switching(), model.pad_pulse(volts(0.0)));
    for (int site = 0; site < table.sites(); ++site) {
      EXPECT_NEAR(table.probability(site, site), 1.0, 1e-12);
      EXPECT_EQ(table.end_site(site, Draw{{0xFFFFFFFFU, 0, 0, 0}}), site);
    }
  }
}

TEST(TransitionTable, MoreVoltageLeavesMoreOften) {
  const auto& model = catalog_model(test::kTrapezoid);
  double before = 0.0;
  for (double pads = 2.0; pads < 3.4; pads += 0.05) {
    const double leaves = 1.0 - model.table(model.pad_pulse(volts(pads))).probability(1, 1);
    EXPECT_GE(leaves, before);
    before = leaves;
  }
  EXPECT_GT(before, 0.999);
}

TEST(TransitionTable, HotterLeavesMoreOften) {
  const auto& room = catalog_model(test::kStraight);
  const SwitchingLaw hot(test::catalog_parameters(test::kStraight), 350.0 * si::kelvin);
  const Pulse pulse = room.pad_pulse(volts(4.2));
  EXPECT_LT(TransitionTable(hot, pulse).probability(2, 2), room.table(pulse).probability(2, 2));
}

TEST(TransitionTable, DrawsAreCutWhereTheProbabilitiesAre) {
  for (const auto& c : kCases) {
    const auto& table = table_of(c);
    const std::int32_t* const limits = table.limits(c.from);
    double below = 0.0;
    for (int to = 0; to + 1 < table.sites(); ++to) {
      below += table.probability(c.from, to);
      EXPECT_NEAR((limits[to] + 1.0) * 0x1p-31, below, 0x1p-31);
      if (limits[to] < 0) continue;
      const auto edge = static_cast<std::uint32_t>(limits[to]) << 1U;
      EXPECT_LE(table.end_site(c.from, Draw{{edge, 0, 0, 0}}), to);
      if (edge + 2U != 0U) {
        EXPECT_GT(table.end_site(c.from, Draw{{edge + 2U, 0, 0, 0}}), to);
      }
    }
  }
}

// The smallest and the largest draw find an end that is possible.
TEST(TransitionTable, ExtremeDrawsEndAtPossibleSites) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    for (const auto& pulse : all_kinds_of_pulses(model)) {
      const TransitionTable table(model.switching(), pulse);
      for (int from = 0; from < table.sites(); ++from) {
        for (const std::uint32_t word : {0U, 0xFFFFFFFFU}) {
          ASSERT_GT(table.probability(from, table.end_site(from, Draw{{word, 0, 0, 0}})), 0.0);
        }
      }
    }
  }
}

void expect_sound_motion(const TransitionTable& table, int from, int to, const Draw& drawn) {
  const auto hops = table.motion(from, to, drawn);
  ASSERT_EQ(hops.size(), static_cast<std::size_t>(std::abs(to - from)));
  int site = from;
  Time now = 0.0 * si::seconds;
  for (const auto& hop : hops) {
    ASSERT_EQ(hop.from, site);
    ASSERT_EQ(hop.to, site + (to > from ? 1 : -1));
    ASSERT_GE(in_si(hop.leaves), in_si(now) - 1e-21);
    ASSERT_LT(hop.leaves, table.pulse().shape.foot_to_foot());
    ASSERT_GT(hop.arrives, hop.leaves);
    site = hop.to;
    now = hop.arrives;
  }
  ASSERT_EQ(site, to);
}

TEST(TransitionTable, MotionIsAPathWithinThePulse) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    std::uint32_t count = 0;
    for (const auto& pulse : all_kinds_of_pulses(model)) {
      const TransitionTable table(model.switching(), pulse);
      for (int i = 0; i < 40; ++i) {
        const Draw drawn = draw(6, Stream::device, 0, count++);
        const auto from = static_cast<int>(drawn.words[3] % static_cast<unsigned>(table.sites()));
        ASSERT_NO_FATAL_FAILURE(
            expect_sound_motion(table, from, table.end_site(from, drawn), drawn))
            << name;
      }
    }
  }
}

TEST(TransitionTable, MotionStandsTheExtremesOfItsDraw) {
  for (const auto& c : kCases) {
    const auto& table = table_of(c);
    for (int to = 0; to < table.sites(); ++to) {
      if (table.probability(c.from, to) < 0x1p-31) continue;
      for (const std::uint32_t word : {0U, 1U, 0x80000000U, 0xFFFFFFFFU}) {
        ASSERT_NO_FATAL_FAILURE(expect_sound_motion(table, c.from, to, Draw{{0, word, 0, 0}}));
      }
    }
  }
}

TEST(TransitionTable, MotionOfAStayIsEmpty) {
  const auto& table = table_of({"straight", 4.4, 1});
  EXPECT_TRUE(table.motion(1, 1, draw(1, Stream::device, 0, 0)).empty());
}

// A pulse far above the threshold lets the wall go when the rising edge crosses it.
TEST(TransitionTable, StrongPulseLeavesOnTheRisingEdge) {
  const auto& model = catalog_model(test::kTrapezoid);
  const auto& table = model.table(model.pad_pulse(volts(6.4632)));  // twice the critical 3.2316 V
  ASSERT_NEAR(table.probability(1, 3), 1.0, 1e-12);
  for (std::uint32_t i = 0; i < 200; ++i) {
    const auto hops = table.motion(1, 3, draw(1, Stream::device, 0, i));
    EXPECT_GT(hops[0].leaves, nanoseconds(3.5));
    EXPECT_LE(hops[0].leaves, nanoseconds(5.1));
    EXPECT_GE(hops[1].leaves, hops[0].arrives);
  }
}

}  // namespace
}  // namespace dwmtj
