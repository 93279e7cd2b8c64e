// SPDX-License-Identifier: Apache-2.0
#include "estimation/programming.h"

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

TEST(Programming, HigherLevelsCostMoreThanNone) {
  const auto tile = TileParameters::load(find_tile("trapezoidal"));
  const auto& device = test::catalog_model("trapezoidal");
  const auto none = write_verify_cost({1000, 0, 0, 0}, tile, device, 64, 1);
  const auto some = write_verify_cost({0, 0, 0, 1000}, tile, device, 64, 1);
  EXPECT_EQ(none.pulses, 0.0);
  EXPECT_GE(some.pulses, 1000.0);
  EXPECT_GT(some.energy, none.energy);
  EXPECT_GT(some.time, none.time);
  EXPECT_EQ(some.cells, 1000.0);
}

// All cells at the top, so that the sample is an array of 128 rows of pairs.
TEST(Programming, OfAnArrayIsWhatATileOfItsSizeTakes) {
  const auto tile = TileParameters::load(find_tile("trapezoidal"));
  const auto& device = test::catalog_model("trapezoidal");
  Ledger ledger;
  BulkTile whole("whole", tile, device, ledger, {{128, 64}, 7});
  whole.program_array(std::vector<std::int16_t>(std::size_t{128} * 2 * 64, 3));
  const auto cost = write_verify_cost({0, 0, 0, 3 * 128 * 2 * 64}, tile, device, 128, 7);
  EXPECT_EQ(to_picoseconds(cost.time), whole.now()) << "arrays are written side by side";
  EXPECT_NEAR(in_si(cost.energy), 3 * in_si(ledger.posted()), 1e-9 * in_si(cost.energy));
  EXPECT_EQ(cost.cells, 3.0 * cost.sampled);
  const auto sampled = write_verify_cost({0, 0, 0, 128 * 2 * 64}, tile, device, 128, 7);
  EXPECT_GE(sampled.pulses, sampled.sampled) << "one each at least";
  EXPECT_DOUBLE_EQ(cost.pulses, 3.0 * sampled.pulses);
  const auto half = write_verify_cost({0, 0, 0, 64}, tile, device, 64, 7);
  EXPECT_EQ(to_picoseconds(2.0 * half.time), whole.now());
}

TEST(Programming, OpenLoopIsUpdatesTimesTheirEnergy) {
  Technology technology;
  technology.name = "made up";
  technology.write_duration = 10e-9 * si::seconds;
  technology.update_energy = 2e-12 * si::joules;
  technology.states = UpDown<long>{7, 7};
  // Two updates a level; 5 cells at level 1, 2 at level 3.
  const auto cost = open_loop_cost({1, 5, 0, 2}, technology, 8);
  EXPECT_DOUBLE_EQ(cost.pulses, 2.0 * (5 * 1 + 2 * 3));
  EXPECT_DOUBLE_EQ(in_si(cost.energy), 22 * 2e-12);
  EXPECT_DOUBLE_EQ(in_si(cost.time), 2 * 8 * 6 * 10e-9);
}

}  // namespace
}  // namespace dwmtj
