// SPDX-License-Identifier: Apache-2.0
#include "replay/patience.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "replay/watchdog.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

Picoseconds patience(const TileParameters& tile, const ChipParameters* chip = nullptr) {
  return patience_with(tile, test::catalog_parameters(test::kTrapezoid), chip);
}

TEST(Patience, IsASecondForUsualCircuits) {
  auto chip = ChipParameters::load(find_chip("bus-4"));
  const auto tile = TileParameters::load(chip.tiles.file);
  EXPECT_EQ(patience(tile), kPatience);
  EXPECT_EQ(patience(tile, &chip), kPatience);
}

TEST(Patience, GrowsWithTheSlowestPart) {
  auto chip = ChipParameters::load(find_chip("bus-4"));
  auto tile = TileParameters::load(chip.tiles.file);
  chip.interconnect.hop_latency = 0.7 * si::seconds;
  EXPECT_EQ(patience(tile, &chip), 700'000'000'000'000'000);
  chip.interconnect.hop_latency = 1e6 * si::seconds;
  EXPECT_EQ(patience(tile, &chip), kLongestDuration);
  tile.timing.clock_period = 2e-3 * si::seconds;
  EXPECT_EQ(patience(tile), 2000 * kPatience);
}

}  // namespace
}  // namespace dwmtj
