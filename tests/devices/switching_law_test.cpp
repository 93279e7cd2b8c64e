// SPDX-License-Identifier: Apache-2.0
#include "devices/switching_law.h"

#include <cmath>

#include <gtest/gtest.h>

#include "common/input_error.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::catalog_model;
using test::catalog_parameters;
using test::millitesla;

constexpr auto kForward = Direction::forward;
constexpr auto kReverse = Direction::reverse;
const Field kCompensated = millitesla(-4);  // of the prototypes

Current microamperes(double value) { return from_si<Current>(value * 1e-6); }

// Signed towards `direction`.
double threshold(const SwitchingLaw& law, int site, Direction direction, Field bias) {
  return static_cast<double>(direction) * in_si(law.critical_current(site, direction, bias));
}

TEST(SwitchingLaw, RateIsTheOneOfTheFormula) {
  const auto& law = catalog_model(test::kTrapezoid).switching();
  // Site 1 is n2: 50 nm deep, 201.1 kT, where the track is 447 nm wide.
  const double width = 250e-9 + 750e-9 * 412.38 / 1570.0;
  const double current = 11e-6;
  const double field = 298.66 * (-10e-3 + 4e-3);
  const double drive = current / width + field;
  EXPECT_NEAR(law.escape_rate(1, kForward, microamperes(11), millitesla(-10)) /
                  (1e9 * std::exp(-201.1 * std::pow(1.0 - drive / 25.614, 1.5))),
              1.0, 1e-9);
  EXPECT_NEAR(law.escape_rate(1, kReverse, microamperes(11), millitesla(-10)) /
                  (1e9 * std::exp(-201.1 * std::pow(1.0 + drive / 25.614, 1.5))),
              1.0, 1e-9);
}

TEST(SwitchingLaw, NoBarrierIsLeftAtTheCriticalCurrent) {
  for (const auto& name : test::law_device_names()) {
    const auto& law = catalog_model(name).switching();
    for (int site = 0; site + 1 < law.sites(); ++site) {
      const Current critical = law.critical_current(site, kForward, kCompensated);
      EXPECT_TRUE(std::isinf(law.escape_rate(site, kForward, 1.001 * critical, kCompensated)));
      EXPECT_TRUE(std::isfinite(law.escape_rate(site, kForward, 0.999 * critical, kCompensated)));
    }
  }
}

TEST(SwitchingLaw, NothingLeavesTheEndOfTheTrack) {
  const auto& law = catalog_model(test::kStraight).switching();
  EXPECT_EQ(law.escape_rate(4, kForward, microamperes(1000), kCompensated), 0.0);
  EXPECT_EQ(law.escape_rate(0, kReverse, microamperes(-1000), kCompensated), 0.0);
}

TEST(SwitchingLaw, DirectionsAreAlikeAtTheCompensationField) {
  const auto& law = catalog_model(test::kStraight).switching();
  EXPECT_EQ(law.escape_rate(2, kForward, microamperes(9), kCompensated),
            law.escape_rate(2, kReverse, microamperes(-9), kCompensated));
}

TEST(SwitchingLaw, RateGrowsWithTheCurrent) {
  const auto& law = catalog_model(test::kStraight).switching();
  for (int current = -14; current < 14; ++current) {
    EXPECT_LT(law.escape_rate(2, kForward, microamperes(current), kCompensated),
              law.escape_rate(2, kForward, microamperes(current + 1), kCompensated));
  }
}

TEST(SwitchingLaw, TrapezoidThresholdsRiseTowardsTheWideEnd) {
  for (const auto& name : {"trapezoidal", "trapezoidal-5"}) {
    const auto& law = catalog_model(name).switching();
    for (int site = 0; site + 2 < law.sites(); ++site) {
      EXPECT_LT(threshold(law, site, kForward, kCompensated),
                threshold(law, site + 1, kForward, kCompensated));
    }
  }
}

// What makes the reset one switch: a pulse that frees the wall from the wide end frees it from all
// notches on its way back.
TEST(SwitchingLaw, TrapezoidResetHasItsHighestThresholdAtTheWideEnd) {
  for (const auto& name : {"trapezoidal", "trapezoidal-5"}) {
    const auto& law = catalog_model(name).switching();
    const int last = law.sites() - 1;
    for (int site = 1; site < last; ++site) {
      EXPECT_GT(threshold(law, last, kReverse, millitesla(-42)),
                1.5 * threshold(law, site, kReverse, millitesla(-42)));
    }
  }
}

TEST(SwitchingLaw, StraightThresholdsAreEqual) {
  for (const auto& name : {test::kStraight, test::kScaled}) {
    const auto& law = catalog_model(name).switching();
    for (int site = 1; site + 1 < law.sites(); ++site) {
      EXPECT_EQ(law.critical_current(site, kForward, kCompensated),
                law.critical_current(0, kForward, kCompensated));
    }
  }
}

TEST(SwitchingLaw, DeeperNotchNeedsMoreCurrentInProportion) {
  auto parameters = catalog_parameters(test::kStraight);
  const SwitchingLaw before(parameters, kRoomTemperature);
  parameters.sites[2].depth = 1.3 * parameters.sites[2].depth;
  const SwitchingLaw after(parameters, kRoomTemperature);
  EXPECT_NEAR(threshold(after, 2, kForward, kCompensated),
              1.3 * threshold(before, 2, kForward, kCompensated), 1e-15);
  EXPECT_EQ(after.critical_current(1, kForward, kCompensated),
            before.critical_current(1, kForward, kCompensated));
}

TEST(SwitchingLaw, WiderTrackNeedsMoreCurrentInProportion) {
  auto parameters = catalog_parameters(test::kStraight);
  const SwitchingLaw before(parameters, kRoomTemperature);
  parameters.geometry.width_in = 2.0 * parameters.geometry.width_in;
  parameters.geometry.width_clk = parameters.geometry.width_in;
  const SwitchingLaw after(parameters, kRoomTemperature);
  EXPECT_NEAR(threshold(after, 2, kForward, kCompensated),
              2.0 * threshold(before, 2, kForward, kCompensated), 1e-15);
}

TEST(SwitchingLaw, BiasFieldShiftsTheDirectionsOppositely) {
  for (const auto& name : {"trapezoidal", "straight"}) {
    const auto& law = catalog_model(name).switching();
    for (int site = 1; site + 1 < law.sites(); ++site) {
      const double forward = threshold(law, site, kForward, millitesla(-42)) -
                             threshold(law, site, kForward, kCompensated);
      const double reverse = threshold(law, site, kReverse, millitesla(-42)) -
                             threshold(law, site, kReverse, kCompensated);
      EXPECT_GT(forward, 0.0);  // holds the wall back from CLK
      EXPECT_NEAR(forward, -reverse, 1e-15);
    }
  }
}

TEST(SwitchingLaw, HotterLeavesEarlierButAtTheSameCriticalCurrent) {
  const auto parameters = catalog_parameters(test::kTrapezoid);
  const SwitchingLaw room(parameters, kRoomTemperature);
  const SwitchingLaw hot(parameters, 400.0 * si::kelvin);
  for (int site = 0; site + 1 < room.sites(); ++site) {
    const Current most = room.critical_current(site, kForward, kCompensated);
    for (const double share : {0.0, 0.5, 0.9}) {
      const double cold_rate = room.escape_rate(site, kForward, share * most, kCompensated);
      const double hot_rate = hot.escape_rate(site, kForward, share * most, kCompensated);
      EXPECT_GT(hot_rate, cold_rate);
      // Arrhenius: the same attempt rate, the barrier divided by the temperature.
      EXPECT_NEAR(std::log(hot_rate / 1e9) * 400.0, std::log(cold_rate / 1e9) * 300.0, 1e-6);
    }
    EXPECT_EQ(most, hot.critical_current(site, kForward, kCompensated));
  }
}

TEST(SwitchingLaw, ShallowNotchIsNoSite) {
  auto parameters = catalog_parameters(test::kTrapezoid);
  EXPECT_EQ(parameters.fabricated.size(), 8U);  // the start and seven notches
  EXPECT_EQ(catalog_model(test::kTrapezoid).switching().sites(), 4);
}

TEST(SwitchingLaw, TheRateOfACurrentGivesTheCurrentBack) {
  for (const auto& name : test::law_device_names()) {
    const auto& law = catalog_model(name).switching();
    const Field bias = millitesla(-20);
    for (const double rate : {1e-20, 1e3, 0.9 * law.attempt_rate()}) {
      const Current forward = law.current_at_rate(0, kForward, rate, bias);
      EXPECT_NEAR(law.escape_rate(0, kForward, forward, bias) / rate, 1.0, 1e-9);
      const Current reverse = law.current_at_rate(1, kReverse, rate, bias);
      EXPECT_NEAR(law.escape_rate(1, kReverse, reverse, bias) / rate, 1.0, 1e-9);
    }
  }
}

// A femtosecond pulse above the critical drive would switch with certainty at less than kT.
TEST(SwitchingLaw, PulsesBelowItsReachAreRefused) {
  const auto& law = catalog_model(test::kTrapezoid).switching();  // attempt time 1 ns
  EXPECT_NEAR(in_si(law.shortest_pulse()), 1e-9 / 6.283185307, 1e-18);
  const auto refused = [&law](double width) {
    try {
      law.check_reach({test::nanoseconds(width), test::nanoseconds(0), test::nanoseconds(0)});
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find("below the reach"), std::string::npos);
      return true;
    }
    return false;
  };
  EXPECT_TRUE(refused(1e-6));
  EXPECT_TRUE(refused(0.15));
  EXPECT_FALSE(refused(0.16));
  EXPECT_FALSE(refused(50));
}

TEST(SwitchingLaw, FlightIsTheDistanceOverTheVelocity) {
  const auto& law = catalog_model(test::kTrapezoid).switching();
  EXPECT_NEAR(in_si(law.flight_time(0, kForward)), 412.38e-9 / 500.0, 1e-18);
  EXPECT_NEAR(in_si(law.flight_time(3, kReverse)), (1570.0 - 1181.16) * 1e-9 / 500.0, 1e-18);
  EXPECT_EQ(law.flight_time(1, kForward), law.flight_time(2, kReverse));
}

}  // namespace
}  // namespace dwmtj
