// SPDX-License-Identifier: Apache-2.0
// A tile that is to be built cannot claim what physics excludes; one as measured may, and says so.
#include "tile/tile_consistency.h"

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

std::string error_of(const std::vector<std::string>& overrides,
                     const std::string& tile = "straight-65nm") {
  return input_error_of([&] {
    const auto loaded = TileParameters::load(find_tile(tile), ParameterOverrides(overrides));
    loaded.check_device(DeviceModel(loaded.load_device()));
    return 0;
  });
}

void expect_part(const std::string& message, const std::string& part) {
  EXPECT_NE(message.find(part), std::string::npos) << "no '" << part << "' in: " << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

// 50 uV rms take 2 kT/C = (50 uV)^2: 3.3 pF, 2.1 pJ at 0.8 V. 10 fJ are 16 fF, 0.73 mV.
TEST(ThermalNoise, OfALatchIsTwoKtOverC) {
  const auto supply = test::volts(0.8);
  EXPECT_NEAR(in_si(least_latch_energy(test::volts(50e-6), supply)), 2.1e-12, 0.05e-12);
  EXPECT_NEAR(in_si(least_latch_noise(from_si<Energy>(10e-15), supply)), 0.73e-3, 0.005e-3);
  EXPECT_NEAR(in_si(least_stored_noise(from_si<Energy>(10e-15), supply)), 0.73e-3 / std::sqrt(2.0),
              0.005e-3);
}

TEST(TileConsistency, ALatchCannotBeQuieterThanItsCapacitance) {
  EXPECT_EQ(error_of({}), "accepted");
  expect_part(error_of({"comparator.noise=50 uV"}),
              "comparator.noise: 50 uV contradict an energy of 67 fJ at a supply of 1.2 V: by kT/C "
              "expected at least 422 uV, or an energy of 4.772 pJ, or 'circuits: as_measured'");
  expect_part(error_of({"comparator.energy=10 fJ"}), "by kT/C expected at least 1.092 mV");
  expect_part(error_of({"comparator.energy=0 J"}), "comparator.noise: 450 uV contradict");
  EXPECT_EQ(error_of({"comparator.noise=422.1 uV"}), "accepted") << "just above";
}

TEST(TileConsistency, AStoredOffsetHasNoiseToo) {
  expect_part(error_of({"comparator.auto_zero.energy=20 fJ"}),
              "comparator.auto_zero.noise: 180 uV contradict an energy of 20 fJ");
  expect_part(error_of({"comparator.auto_zero.time=60 ns"}),
              "comparator.auto_zero.time: 60 ns are longer than timing.read_settle, 50 ns");
}

TEST(TileConsistency, AReadingMayNotWrite) {
  const std::vector<std::string> prototype = {"device=straight", "field.source=strip-line"};
  expect_part(error_of(prototype),
              "straight-65nm.yaml: read.voltage: 200 mV drive 18.18 uA through this device, which "
              "12.47 uA write; expected at most 130 mV, or 'circuits: as_measured'");
  EXPECT_EQ(error_of({"device=straight", "field.source=strip-line", "read.voltage=0.1 V"}),
            "accepted");
}

TEST(TileConsistency, CircuitsFitTheirSupply) {
  expect_part(error_of({"driver.compliance=1.3 V"}),
              "driver.compliance: 1.3 V are more than the supply, 1.2 V");
  expect_part(error_of({"field.source=as_measured"}),
              "field.source: the field of a laboratory has no price: expected strip-line");
  expect_part(error_of({"field.source=wish"}),
              "field.source: 'wish' is not one of: as_measured, strip-line, external-coil, film");
}

TEST(TileConsistency, WhatWasMeasuredMayContradict) {
  for (const auto* const name : {"straight", "trapezoidal"}) {
    EXPECT_EQ(error_of({}, name), "accepted");
    EXPECT_NE(error_of({"circuits=buildable"}, name), "accepted") << name;
  }
  EXPECT_EQ(error_of({"circuits=as_measured", "comparator.noise=50 uV", "read.voltage=1 V"}),
            "accepted");
}

TEST(TileConsistency, NoTileOfATechnologyIsAsMeasured) {
  for (const auto* const name :
       {"straight-28nm", "straight-65nm", "straight-130nm", "trapezoidal-65nm"}) {
    EXPECT_FALSE(TileParameters::load(find_tile(name)).as_measured) << name;
  }
}

}  // namespace
}  // namespace dwmtj
