// SPDX-License-Identifier: Apache-2.0
#include "devices/operating_point.h"

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::nanoseconds;

OperatingPoint point_of(const std::string& name) {
  return test::catalog_parameters(name).operating_point;
}

Pulse nominal(const OperatingPoint& point) {
  return {point.track_current, point.shape, test::millitesla(-4)};
}

void expect_close(double value, double expected, double relative) {
  EXPECT_NEAR(value / expected, 1.0, relative);
}

// Of the squared waveform, by the midpoint rule.
double quadrature(const PulseShape& shape) {
  constexpr int kSteps = 100000;
  const Time step = shape.foot_to_foot() / static_cast<double>(kSteps);
  double sum = 0.0;
  for (int i = 0; i < kSteps; ++i) {
    const double level = shape.level((i + 0.5) * step);
    sum += level * level * in_si(step);
  }
  return sum;
}

TEST(OperatingPoint, NominalPulseOfAPrototypeCosts124Femtojoules) {
  for (const auto& name : {"straight", "trapezoidal", "trapezoidal-5"}) {
    const auto point = point_of(name);
    expect_close(in_si(point.pulse_energy(nominal(point))), 0.124e-12, 1e-9);
  }
}

TEST(OperatingPoint, NominalPulseOfTheScaledDeviceCosts2500Attojoules) {
  const auto point = point_of(test::kScaled);
  expect_close(in_si(point.pulse_energy(nominal(point))), 2.5e-15, 1e-9);
}

TEST(OperatingPoint, EnergyGrowsWithTheSquareOfTheAmplitudeEitherWay) {
  const auto point = point_of(test::kStraight);
  Pulse pulse = nominal(point);
  pulse.amplitude = 2.0 * point.track_current;
  expect_close(in_si(point.pulse_energy(pulse)), 4.0 * 0.124e-12, 1e-9);
  pulse.amplitude = -2.0 * point.track_current;
  expect_close(in_si(point.pulse_energy(pulse)), 4.0 * 0.124e-12, 1e-9);
  pulse.amplitude = 0.0 * point.track_current;
  EXPECT_EQ(in_si(point.pulse_energy(pulse)), 0.0);
}

TEST(OperatingPoint, EnergyFollowsTheSquaredWaveform) {
  const auto point = point_of(test::kStraight);
  for (const PulseShape& shape : {PulseShape{nanoseconds(50), nanoseconds(5), nanoseconds(5)},
                                  PulseShape{nanoseconds(50), nanoseconds(0), nanoseconds(0)},
                                  PulseShape{nanoseconds(20), nanoseconds(1), nanoseconds(30)},
                                  PulseShape{nanoseconds(200), nanoseconds(10), nanoseconds(10)}}) {
    Pulse pulse = nominal(point);
    pulse.shape = shape;
    expect_close(in_si(point.pulse_energy(pulse)),
                 0.124e-12 * quadrature(shape) / quadrature(point.shape), 1e-7);
  }
}

TEST(OperatingPoint, BiasFieldCostsNothing) {
  const auto point = point_of(test::kTrapezoid);
  Pulse pulse = nominal(point);
  pulse.bias = test::millitesla(-42);
  EXPECT_EQ(point.pulse_energy(pulse), point.pulse_energy(nominal(point)));
}

TEST(OperatingPoint, PadsPayForTheirWholeVoltage) {
  const auto point = point_of(test::kTrapezoid);
  expect_close(in_si(point.pad_energy(nominal(point))), 0.124e-12 * 3.5 / 0.2, 1e-9);
}

TEST(OperatingPoint, ScaledDeviceHasNoPads) {
  const auto point = point_of(test::kScaled);
  EXPECT_EQ(point.pad_energy(nominal(point)), point.pulse_energy(nominal(point)));
}

TEST(OperatingPoint, OneRatioJoinsPadsTrackAndCurrent) {
  const auto point = point_of(test::kTrapezoid);
  expect_close(in_si(point.current_from_pads(test::volts(3.5))), 12.4e-6, 1e-12);
  expect_close(in_si(point.current_from_pads(test::volts(-7.0))), -24.8e-6, 1e-12);
  expect_close(in_si(point.track_from_current(from_si<Current>(6.2e-6))), 0.1, 1e-12);
  for (const double pads : {-5.5, 0.05, 1.5, 3.0}) {
    expect_close(in_si(point.pads_from_current(point.current_from_pads(test::volts(pads)))), pads,
                 1e-12);
  }
}

}  // namespace
}  // namespace dwmtj
