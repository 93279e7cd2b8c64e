// SPDX-License-Identifier: Apache-2.0
#include "characterization/pulse_width.h"

#include <map>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::nanoseconds;
using test::volts;

const Sweep kSweep = {volts(0), volts(4.5), volts(0.1), 1, 1, 1, 1};
const std::vector<Time> kWidths = {nanoseconds(10), nanoseconds(50), nanoseconds(200)};

std::vector<PulseWidthPoint> trapezoid_map() {
  return pulse_width_map(test::catalog_model(test::kTrapezoid), kSweep, kWidths);
}

TEST(PulseWidth, EverySiteButTheLastEveryWidthEveryAmplitude) {
  const auto points = trapezoid_map();
  EXPECT_EQ(points.size(), 3U * 3U * 45U);
  for (const auto& point : points) EXPECT_LT(point.site, 3);
}

TEST(PulseWidth, NominalWidthIsTheNominalPulse) {
  const auto& model = test::catalog_model(test::kTrapezoid);
  for (const auto& point : trapezoid_map()) {
    if (point.width != nanoseconds(50)) continue;
    const auto& table = model.table(model.pad_pulse(point.amplitude));
    EXPECT_NEAR(point.probability, 1.0 - table.probability(point.site, point.site), 1e-12);
  }
}

TEST(PulseWidth, ChanceGrowsWithWidthAndAmplitude) {
  std::map<std::pair<int, double>, double> by_amplitude;  // [site, width]: the one before
  std::map<std::pair<int, double>, double> by_width;      // [site, amplitude]
  for (const auto& point : trapezoid_map()) {
    for (double* before : {&by_amplitude[{point.site, in_si(point.width)}],
                           &by_width[{point.site, in_si(point.amplitude)}]}) {
      EXPECT_GE(point.probability, *before - 1e-12);
      *before = point.probability;
    }
  }
}

TEST(PulseWidth, EdgesKeepTheirShareOfThePulse) {
  const auto& model = test::catalog_model(test::kTrapezoid);
  const auto points =
      pulse_width_map(model, {volts(2.9), volts(3.0), volts(0.1), 1, 1, 1, 1}, {nanoseconds(100)});
  Pulse pulse = model.pad_pulse(volts(3.0));
  pulse.shape = {nanoseconds(100), nanoseconds(20), nanoseconds(20)};
  const TransitionTable table(model.switching(), pulse);
  ASSERT_EQ(points.size(), 3U);
  EXPECT_NEAR(points[1].probability, 1.0 - table.probability(1, 1), 1e-9);
}

}  // namespace
}  // namespace dwmtj
