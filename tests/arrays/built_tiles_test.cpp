// SPDX-License-Identifier: Apache-2.0
// Tiles that could be built write what is asked of them, at the size that their rules are kept at.
#include <gtest/gtest.h>

#include "arrays/write_study.h"
#include "tile/tile_parameters.h"

namespace dwmtj {
namespace {

WriteStatistics written(const std::string& name) {
  const auto parameters = TileParameters::load(find_tile(name));
  const DeviceModel device(parameters.load_device());
  Ledger ledger;
  BulkTileOptions options;
  options.shape = {64, 64};
  BulkTile tile("tile0", parameters, device, ledger, options);
  const auto wanted = random_levels(tile.array().devices().size(), device.sites(), 1);
  WriteStatistics all;
  for (const auto& level : write_statistics(tile, wanted, tile.program_array(wanted))) {
    all.add(level);
  }
  return all;
}

// Levels lie three and a half spreads apart, so a wall may rest at a neighbour's site and read
// right.
TEST(BuiltTiles, SixteenLevelsAreWritten) {
  const auto built = written("straight-16-65nm");
  EXPECT_EQ(built.flagged, 0U);
  EXPECT_LT(built.each(built.pulses), 7.0);
  EXPECT_LT(built.each(built.wrong_sites), 0.23);
}

// Prototypes have ideal lines, and noise far below a level.
void expect_as_good_as(const std::string& prototype, const std::string& name) {
  const auto ideal = written(prototype);
  const auto built = written(name);
  EXPECT_EQ(built.flagged, 0U) << name;
  EXPECT_LT(built.each(built.pulses), 1.25 * ideal.each(ideal.pulses)) << name;
  EXPECT_LT(built.each(built.wrong_sites), 0.02) << name;
}

TEST(BuiltTiles, WriteVerifyTakesAboutThePulsesOfThePrototypes) {
  for (const auto* const name : {"straight-28nm", "straight-65nm", "straight-130nm"}) {
    expect_as_good_as("straight", name);
  }
  expect_as_good_as("trapezoidal", "trapezoidal-65nm");
}

}  // namespace
}  // namespace dwmtj
