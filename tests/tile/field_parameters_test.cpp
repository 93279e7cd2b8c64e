// SPDX-License-Identifier: Apache-2.0
#include "tile/field_parameters.h"

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

FieldSourceParameters source_of(FieldSource kind) {
  FieldSourceParameters source;
  source.source = kind;
  source.sheet = from_si<Resistance>(0.02);
  source.bore = from_si<Length>(0.01);
  source.turn = from_si<Resistance>(11e-6);
  source.coil_drive = from_si<Power>(2.0);
  return source;
}

constexpr double kMu0 = 1.25663706212e-6;

// 2 B / mu0 of 38 mT are 60 mA a um of width, and 73 MW/m^2 in 20 mohm a square: about 10 pJ for a
// track of 1.57 um^2 and 85 ns.
TEST(FieldPrices, AStripLineOfTheTextbook) {
  auto device = test::catalog_parameters("trapezoidal");
  device.fields = {test::millitesla(0), test::millitesla(0), test::millitesla(-38)};
  device.geometry.length = from_si<Length>(1.57e-6);
  device.geometry.width_clk = from_si<Length>(1e-6);
  const auto prices = field_prices(source_of(FieldSource::strip_line), device, 1);
  const double power = in_si(prices.pulsing[index_of(Direction::reverse)]);
  EXPECT_NEAR(2.0 * 0.038 / kMu0, 60e3, 1e3);
  EXPECT_NEAR(power / 1.57e-12, 73e6, 1e6);
  EXPECT_NEAR(power * 85e-9, 10e-12, 0.5e-12);
  EXPECT_EQ(in_si(prices.pulsing[index_of(Direction::forward)]), 0.0);
  EXPECT_EQ(in_si(prices.holding), 0.0);
  EXPECT_NEAR(in_si(field_prices(source_of(FieldSource::strip_line), device, 64).pulsing[1]),
              64 * power, 1e-9 * power);
}

// B^2 / 2 mu0 of 42 mT are 702 J/m^3; 334 ampere turns in 11 uohm are 1.23 W.
TEST(FieldPrices, ACoilStoresAndHolds) {
  const auto device = test::catalog_parameters("trapezoidal");
  const auto prices = field_prices(source_of(FieldSource::coil), device, 64);
  EXPECT_NEAR(in_si(prices.change[index_of(Direction::reverse)]), 0.702e-3, 1e-6);
  const double turns = 0.042 * 0.01 / kMu0;
  EXPECT_NEAR(in_si(prices.holding), turns * turns * 11e-6, 1e-6);
  EXPECT_EQ(in_si(prices.pulsing[0]), 0.0);
}

TEST(FieldPrices, OfOneFieldACoilOnlyHolds) {
  const auto device = test::catalog_parameters("straight");
  const auto prices = field_prices(source_of(FieldSource::coil), device, 64);
  EXPECT_EQ(in_si(prices.change[0]), 0.0);
  EXPECT_EQ(in_si(prices.change[1]), 0.0);
  EXPECT_GT(in_si(prices.holding), 0.01);
}

TEST(FieldFault, ACoilIsSlow) {
  const auto device = test::catalog_parameters("trapezoidal");
  const auto coil = source_of(FieldSource::coil);
  EXPECT_EQ(field_fault(coil, device, test::nanoseconds(20)),
            "a coil that stores 701.9 uJ and is driven with 2 W takes 350.9 us to change; expected "
            "at least that for timing.field_settle");
  EXPECT_EQ(field_fault(coil, device, test::nanoseconds(400e3)), "");
}

TEST(FieldFault, AFilmHasNoField) {
  const auto film = source_of(FieldSource::film);
  EXPECT_EQ(field_fault(film, test::catalog_parameters("trapezoidal"), {}),
            "a film without field, but the device 'trapezoidal' is written at -4 mT and reset at "
            "-42 mT");
  EXPECT_EQ(field_fault(film, test::catalog_parameters("straight-100k-film"), {}), "");
}

}  // namespace
}  // namespace dwmtj
