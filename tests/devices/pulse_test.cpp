// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse.h"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::nanoseconds;

const PulseShape kNominal = {nanoseconds(50), nanoseconds(10), nanoseconds(10)};
const PulseShape kSkewed = {nanoseconds(50), nanoseconds(4), nanoseconds(20)};
const PulseShape kSquare = {nanoseconds(50), nanoseconds(0), nanoseconds(0)};
const PulseShape kTriangle = {nanoseconds(10), nanoseconds(10), nanoseconds(10)};

double level(const PulseShape& shape, double nanosecond) {
  return shape.level(nanoseconds(nanosecond));
}

double squared_integral(const PulseShape& shape) {
  constexpr int kSteps = 100000;
  const Time step = shape.foot_to_foot() / static_cast<double>(kSteps);
  double sum = 0.0;
  for (int i = 0; i < kSteps; ++i) {
    const double here = shape.level((i + 0.5) * step);
    sum += here * here;
  }
  return sum * in_si(step);
}

TEST(PulseShape, NominalPulseIs60NanosecondsFootToFootAnd40Flat) {
  EXPECT_NEAR(in_si(kNominal.foot_to_foot()), 60e-9, 1e-20);
  EXPECT_NEAR(in_si(kNominal.flat()), 40e-9, 1e-20);
  EXPECT_EQ(level(kNominal, -1.0), 0.0);
  EXPECT_EQ(level(kNominal, 0.0), 0.0);
  EXPECT_EQ(level(kNominal, 60.0), 0.0);
  EXPECT_EQ(level(kNominal, 61.0), 0.0);
}

TEST(PulseShape, RisesAndFallsOnStraightLines) {
  for (const double t : {1.0, 2.5, 5.0, 7.5, 9.0}) {
    EXPECT_NEAR(level(kNominal, t), t / 10.0, 1e-12) << t;
    EXPECT_NEAR(level(kNominal, 60.0 - t), t / 10.0, 1e-12) << t;
  }
  for (const double t : {10.0, 10.001, 30.0, 49.999}) EXPECT_EQ(level(kNominal, t), 1.0) << t;
}

TEST(PulseShape, IsAsWideAsItsWidthBetweenTheHalfAmplitudes) {
  for (const auto& shape : {kNominal, kSkewed, kTriangle}) {
    const Time up = 0.5 * shape.rise;
    EXPECT_NEAR(shape.level(up), 0.5, 1e-12);
    EXPECT_NEAR(shape.level(up + shape.width), 0.5, 1e-12);
  }
}

TEST(PulseShape, EdgesMayDiffer) {
  EXPECT_NEAR(in_si(kSkewed.foot_to_foot()), 62e-9, 1e-20);
  EXPECT_NEAR(level(kSkewed, 1.0), 0.25, 1e-12);
  EXPECT_NEAR(level(kSkewed, 52.0), 0.5, 1e-12);
}

TEST(PulseShape, EdgesMayBeAbsentOrAllThereIs) {
  EXPECT_EQ(level(kSquare, 1e-6), 1.0);
  EXPECT_EQ(level(kSquare, 49.9), 1.0);
  EXPECT_EQ(in_si(kTriangle.flat()), 0.0);
  EXPECT_NEAR(level(kTriangle, 10.0), 1.0, 1e-12);
  EXPECT_NO_THROW(check(kSquare));
  EXPECT_NO_THROW(check(kTriangle));
}

TEST(PulseShape, SquaredIntegralIsThatOfTheWaveform) {
  for (const auto& shape : {kNominal, kSkewed, kSquare, kTriangle}) {
    EXPECT_NEAR(in_si(shape.squared_integral()) / squared_integral(shape), 1.0, 1e-8);
  }
}

TEST(PulseShape, CheckRefusesWhatIsNoPulse) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(check({nanoseconds(0), nanoseconds(0), nanoseconds(0)}), std::invalid_argument);
  EXPECT_THROW(check({nanoseconds(-1), nanoseconds(0), nanoseconds(0)}), std::invalid_argument);
  EXPECT_THROW(check({nanoseconds(nan), nanoseconds(0), nanoseconds(0)}), std::invalid_argument);
  EXPECT_THROW(check({nanoseconds(50), nanoseconds(-1), nanoseconds(0)}), std::invalid_argument);
  EXPECT_THROW(check({nanoseconds(50), nanoseconds(0), nanoseconds(-1)}), std::invalid_argument);
  EXPECT_THROW(check({nanoseconds(10), nanoseconds(11), nanoseconds(10)}), std::invalid_argument);
}

TEST(Pulse, OrderTellsEveryPartApart) {
  const Pulse pulse{from_si<Current>(1e-5), kNominal, test::millitesla(-4)};
  EXPECT_FALSE(pulse < pulse);
  Pulse other = pulse;
  other.amplitude = from_si<Current>(-1e-5);
  EXPECT_NE(key(pulse), key(other));
  other = pulse;
  other.bias = test::millitesla(-42);
  EXPECT_NE(key(pulse), key(other));
  for (Time PulseShape::*const part : {&PulseShape::width, &PulseShape::rise, &PulseShape::fall}) {
    other = pulse;
    other.shape.*part = nanoseconds(11);
    EXPECT_NE(key(pulse), key(other));
    EXPECT_NE(pulse < other, other < pulse);
  }
}

}  // namespace
}  // namespace dwmtj
