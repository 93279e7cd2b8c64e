// SPDX-License-Identifier: Apache-2.0
// How often readings go wrong: worked out by hand, and counted on bulk tiles.
#include "tile/misreading.h"

#include <cmath>

#include <gtest/gtest.h>

#include "arrays/write_study.h"
#include "tests/support/catalog_model.h"
#include "tests/support/read_back.h"

namespace dwmtj {
namespace {

// References and comparator without an error of their own, no noise but the comparator's: 1 mV of
// input and 0.5 mV of noise are two deviations.
TEST(Misreading, IsThatOfANormalBesideTheReferences) {
  auto tile = TileParameters::load(find_tile("straight"));
  tile.read.noise = false;
  tile.read.reference_error = 0.0;
  tile.comparator.offset = 0.0 * si::volts;
  tile.comparator.noise = from_si<Voltage>(0.5e-3);
  const auto& device = test::catalog_model("straight");
  const Misreading law(tile, device, 1, 1, 0);
  const auto& readout = device.readout();
  const auto edge = 0.5 * (readout.level_conductance(1) + readout.level_conductance(2));
  const auto above = edge + from_si<Conductance>(1e-3 / (1e3 * 0.1));  // 1 mV over load x voltage
  EXPECT_NEAR(law.chance(above, 2, 0), 0.02275, 1e-5);
  EXPECT_NEAR(law.chance(above, 1, 0), 0.97725, 1e-5);
  EXPECT_NEAR(law.chance(edge, 2, 0), 0.5, 1e-5);
  // The lowest level has nothing below it.
  EXPECT_LT(law.chance(readout.level_conductance(0) - from_si<Conductance>(1e-4), 0, 0), 1e-12);
}

// A spread far below the distance of levels: nothing is at an edge. One of about that distance:
// between what is accepted by one verify and by many.
TEST(Misreading, FollowsFromTheSpread) {
  const auto tile = TileParameters::load(find_tile("straight"));
  const auto& device = test::catalog_model("straight");
  const Misreading law(tile, device, 4, 1, 0);
  for (int column = 0; column < 4; ++column) {
    EXPECT_LT(law.after_write_verify(2, column).most, 1e-9);
    const auto edge = law.after_write_verify(1, column);
    EXPECT_GT(edge.least, 1e-5);
    EXPECT_LT(edge.least, edge.most);
    EXPECT_LT(edge.most, 3e-2);
  }
}

// Without a spread all devices of a level are alike, misread with one chance c: once they are
// accepted with 1 - c, so seen and misread (1 - c) c; at most by one of n verifies that all failed.
TEST(Misreading, OfDevicesThatAreAlikeIsInClosedForm) {
  auto tile = TileParameters::load(find_tile("straight"));
  tile.comparator.noise = from_si<Voltage>(2e-3);
  auto parameters = test::catalog_parameters("straight");
  for (auto& site : parameters.sites) site.spread = {};
  const DeviceModel device(parameters);
  const Misreading law(tile, device, 1, 1, 0);
  const double chance = law.chance(device.readout().level_conductance(1), 1, 0);
  EXPECT_GT(chance, 0.01);
  EXPECT_LT(chance, 0.9);
  const auto range = law.after_write_verify(1, 0);
  EXPECT_NEAR(range.least, (1.0 - chance) * chance, 1e-12);
  EXPECT_NEAR(range.most, (1.0 - std::pow(chance, tile.verify.pulses)) * chance / (1.0 - chance),
              1e-12);
}

// Every cell of an array written and read: the count is that of the law, from both sides.
void expect_counted(const std::string& name) {
  const auto parameters = TileParameters::load(find_tile(name));
  const auto& device = test::catalog_model(parameters.device);
  constexpr ArrayShape kShape{128, 256};
  Ledger ledger;
  BulkTile tile("tile0", parameters, device, ledger, {kShape, 3});
  const auto wanted = random_levels(tile.array().devices().size(), device.sites(), 5);
  tile.program_array(wanted);
  const Misreading law(parameters, device, kShape.columns, 3, 0);
  test::ReadBack read(law);
  for (int row = 0; row < kShape.rows; ++row) {
    for (const Side side : {Side::plus, Side::minus}) {
      const auto levels =
          tile.carry_out({TileOp::read, static_cast<std::uint32_t>(row), side, {}}, tile.now())
              .data;
      for (int column = 0; column < kShape.columns; ++column) {
        const auto cell = tile.array().index(static_cast<std::uint32_t>(row), side, column);
        if (tile.array().devices().site(cell) != wanted[cell]) continue;
        read.add(wanted[cell], levels[static_cast<std::size_t>(column)],
                 tile.array().conductance(cell), column);
      }
    }
  }
  read.expect_lawful();
  EXPECT_GT(read.expected(), 13.0) << "too few for a test from below";
}

TEST(Misreading, IsCountedOnStraightDevices) { expect_counted("straight"); }
TEST(Misreading, IsCountedOnTrapezoidalDevices) { expect_counted("trapezoidal"); }

}  // namespace
}  // namespace dwmtj
