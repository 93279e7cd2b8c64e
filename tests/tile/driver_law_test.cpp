// SPDX-License-Identifier: Apache-2.0
#include "tile/driver_law.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

// 0.1 uA a code, 0.5 V over the track, 0.8 V supply; the trapezoid has 0.2 V at 12.4 uA, so that
// 31 uA is the most it takes.
DriverParameters parameters() {
  return {10, from_si<Current>(0.1e-6), 1.0, test::volts(0.5), test::volts(0.8)};
}

DriverLaw driver(const DriverParameters& of = parameters()) {
  return {of, test::catalog_parameters(test::kTrapezoid)};
}

double microamperes(Current current) { return in_si(current) * 1e6; }

TEST(DriverLaw, ACodeIsItsNumberOfSteps) {
  const auto law = driver();
  for (const int code : {-200, -124, -1, 0, 1, 17, 124, 200}) {
    EXPECT_NEAR(microamperes(law.current(code)), 0.1 * code, 1e-12) << code;
    EXPECT_FALSE(law.clips(code)) << code;
  }
}

TEST(DriverLaw, AsymmetryIsOfItsGainOnly) {
  auto asymmetric = parameters();
  asymmetric.asymmetry = 3.0;
  const auto law = driver(asymmetric);
  EXPECT_NEAR(microamperes(law.current(50)), 5.0, 1e-12);
  EXPECT_NEAR(microamperes(law.current(50, DriverGain::asymmetry)), 15.0, 1e-12);
  EXPECT_NEAR(microamperes(law.current(-50)), -5.0, 1e-12);
  EXPECT_NEAR(law.track_energy(50, DriverGain::asymmetry) / law.track_energy(50), 9.0, 1e-12);
}

TEST(DriverLaw, ComplianceClipsBothSigns) {
  const auto law = driver();
  EXPECT_FALSE(law.clips(309));
  EXPECT_FALSE(law.clips(-309));
  for (const int code : {311, 400, 511}) {
    EXPECT_NEAR(microamperes(law.current(code)), 31.0, 1e-9) << code;
    EXPECT_NEAR(microamperes(law.current(-code)), -31.0, 1e-9) << code;
    EXPECT_TRUE(law.clips(code)) << code;
    EXPECT_TRUE(law.clips(-code)) << code;
  }
}

TEST(DriverLaw, AsymmetryIsClippedWithTheRest) {
  auto asymmetric = parameters();
  asymmetric.asymmetry = 3.0;
  const auto law = driver(asymmetric);
  EXPECT_TRUE(law.clips(104, DriverGain::asymmetry));
  EXPECT_FALSE(law.clips(104));
  EXPECT_NEAR(microamperes(law.current(104, DriverGain::asymmetry)), 31.0, 1e-9);
}

TEST(DriverLaw, FieldsGoByTheSign) {
  const auto device = test::catalog_parameters(test::kTrapezoid);
  const auto law = driver();
  ASSERT_NE(device.fields.write, device.fields.reset);
  EXPECT_EQ(law.pulse(1).bias, device.fields.write);
  EXPECT_EQ(law.pulse(-1).bias, device.fields.reset);
  EXPECT_EQ(law.pulse(124).amplitude, law.current(124));
  EXPECT_EQ(law.pulse(124).shape.width, device.operating_point.shape.width);
}

// What a source of `supply` delivers into the track, step by step along the waveform.
struct Integrated {
  double track = 0.0;
  double drawn = 0.0;
};

Integrated integrate(const DriverLaw& law, int code) {
  const auto point = test::catalog_parameters(test::kTrapezoid).operating_point;
  constexpr int kSteps = 60000;
  const Time step = point.shape.foot_to_foot() / static_cast<double>(kSteps);
  // Calibrated as Table 1: the nominal pulse costs 0.124 pJ, which its edges are part of.
  const double nominal = in_si(point.track_current);
  double nominal_squares = 0.0;
  double squares = 0.0;
  Integrated sum;
  for (int i = 0; i < kSteps; ++i) {
    const double share = point.shape.level((i + 0.5) * step);
    const double current = std::abs(in_si(law.current(code))) * share;
    squares += current * current;
    nominal_squares += nominal * share * nominal * share;
    sum.drawn += 0.8 * current * in_si(step);
  }
  sum.track = in_si(point.update_energy) * squares / nominal_squares;
  return sum;
}

TEST(DriverLaw, EnergiesAreIntegralsOverTheWaveform) {
  const auto law = driver();
  for (const int code : {-400, -159, -10, 1, 39, 124, 250, 511}) {
    const auto expected = integrate(law, code);
    const double track = in_si(law.track_energy(code));
    const double headroom = in_si(law.headroom_energy(code));
    EXPECT_NEAR(track, expected.track, 1e-6 * expected.track) << code;
    EXPECT_NEAR(track + headroom, expected.drawn, 1e-6 * expected.drawn) << code;
  }
}

TEST(DriverLaw, TheNominalPulseCostsWhatThePaperSays) {
  EXPECT_NEAR(in_si(driver().track_energy(124)), 0.124e-12, 1e-20);
  EXPECT_NEAR(in_si(driver().headroom_energy(124)), 0.8 * 12.4e-6 * 50e-9 - 0.124e-12, 1e-20);
}

TEST(DriverLaw, NoPulseCostsNothing) {
  EXPECT_EQ(in_si(driver().track_energy(0)), 0.0);
  EXPECT_EQ(in_si(driver().headroom_energy(0)), 0.0);
}

TEST(DriverLaw, HeadroomIsNeverNegative) {
  auto starved = parameters();
  starved.supply = test::volts(0.01);
  EXPECT_EQ(in_si(driver(starved).headroom_energy(124)), 0.0);
}

}  // namespace
}  // namespace dwmtj
