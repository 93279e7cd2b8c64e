// SPDX-License-Identifier: Apache-2.0
#include "characterization/field_loop.h"

#include <cmath>

#include <gtest/gtest.h>

#include "characterization/metaplasticity.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

FieldSweep sweep_to(double tesla) {
  return {from_si<Field>(tesla), from_si<Field>(1e-3), from_si<Time>(1.0)};
}

// One notch between two ends, all alike: by hand. The wall leaves where
// exp(-Delta (1 - k (B - B0) / s)^1.5) / tau has gone half way in the stays so far.
TEST(FieldLoop, TurnsWhereTheLawSays) {
  auto device = test::catalog_parameters(test::kStraight);
  device.sites = {device.sites.front(), device.sites.back()};
  const DeviceModel model(device);
  const auto loop = field_loop(model, sweep_to(0.4));
  double left = 1.0;
  double before = 0.0;
  double expected = 0.0;
  const double critical = in_si(device.pinning.critical_line_current) *
                          in_si(device.sites[0].depth) / in_si(device.pinning.reference_depth);
  for (int i = 0; left > 0.5; ++i) {
    const double field = -0.4 + 1e-3 * i;
    const double share = 1.0 - in_si(device.pinning.field_coupling) *
                                   (field - in_si(device.pinning.compensation_field)) / critical;
    const double rate = share <= 0.0 ? INFINITY : std::exp(-60.0 * std::pow(share, 1.5)) / 1e-9;
    before = left;
    left *= std::exp(-rate);
    expected = field - 1e-3 * (0.5 - left) / (before - left);
  }
  EXPECT_NEAR(in_si(loop.up), expected, 1e-6);
  EXPECT_TRUE(loop.closed);
  EXPECT_NEAR(loop.ratio, in_si(device.readout.antiparallel / device.readout.parallel) - 1.0, 1e-6);
}

TEST(FieldLoop, IsOffsetByTheCompensationField) {
  for (const auto* const name : {"straight", "trapezoidal"}) {
    const auto& model = test::catalog_model(name);
    const auto loop = field_loop(model, sweep_to(0.3));
    EXPECT_TRUE(loop.closed) << name;
    EXPECT_GT(in_si(loop.up - loop.down), 0.0) << name;
    EXPECT_NEAR(loop.most, in_si(model.readout().level(0)), 1e-3) << name;
    EXPECT_NEAR(loop.least, in_si(model.readout().level(model.sites() - 1)), 1e-3) << name;
  }
  // Alike both ways but for the field at which both directions are alike.
  const auto loop = field_loop(test::catalog_model(test::kStraight), sweep_to(0.3));
  EXPECT_NEAR(in_si(loop.offset()), -4e-3, 0.5e-3);
}

TEST(FieldLoop, StaysOpenWhereTheFieldIsTooWeak) {
  const auto loop = field_loop(test::catalog_model(test::kTrapezoid), sweep_to(0.005));
  EXPECT_FALSE(loop.closed);
}

TEST(Metaplasticity, Equation1HasTheWidthRatioAtItsEnd) {
  EXPECT_DOUBLE_EQ(equation_1(0.0, 0.25), 1.0);
  EXPECT_DOUBLE_EQ(equation_1(0.5, 0.25), 0.625);
  EXPECT_DOUBLE_EQ(equation_1(1.0, 0.25), 0.25);
}

TEST(Metaplasticity, FactorsOfTheTrapezoidAreThoseOfItsVoltages) {
  const auto points = metaplastic_factors(test::catalog_parameters(test::kTrapezoid));
  ASSERT_EQ(points.size(), 3U);
  EXPECT_DOUBLE_EQ(points[1].weight, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(points[1].equation_1, 0.75);
  // docs/characterization/temperature.md: 1.166, 3.000, 3.500 V.
  EXPECT_NEAR(points[1].factor, 1.166 / 3.000, 1e-3);
  EXPECT_NEAR(points[2].factor, 1.166 / 3.500, 1e-3);
  EXPECT_FALSE(points[0].measured.has_value());
  EXPECT_DOUBLE_EQ(in_si(*points[2].measured), 3.5);
  EXPECT_NEAR(points[2].measured_factor, points[2].factor, 1e-3);
  EXPECT_NEAR(points[1].position, 412.38 / 1570.0, 1e-9);
}

}  // namespace
}  // namespace dwmtj
