// SPDX-License-Identifier: Apache-2.0
#include "estimation/programming.h"

#include <numeric>

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

// Cells are sampled with the frequencies of the network's levels; what they take differs.
TEST(Programming, OfAMixtureIsTheSumOfItsLevels) {
  const auto tile = TileParameters::load(find_tile("straight"));
  const auto& device = test::catalog_model("straight");
  const auto pulses = [&](const std::vector<std::int64_t>& counts) {
    return write_verify_cost(counts, tile, device, 64, 1).pulses;
  };
  std::vector<double> each;  // of a cell at one level
  for (std::size_t level = 0; level < 5; ++level) {
    std::vector<std::int64_t> counts(5, 0);
    counts[level] = 1000;
    each.push_back(pulses(counts) / 1000);
  }
  EXPECT_EQ(each[0], 0.0);
  EXPECT_GT(each[3], 2 * each[4]);  // the end stops a wall
  // Of 16,384 cells, a share of 10 % is 10 +- 0.23 %.
  for (const auto& counts : {std::vector<std::int64_t>{900, 100, 0, 0, 0},
                             {500, 400, 100, 0, 0},
                             {600, 0, 300, 100, 0},
                             {100, 50, 300, 500, 50}}) {
    const double wanted = std::inner_product(each.begin(), each.end(), counts.begin(), 0.0);
    EXPECT_NEAR(pulses(counts), wanted, 0.05 * wanted) << counts[1];
  }
}

// The same sample stands for as many cells as there are: its error grows with them.
TEST(Programming, ErrorOfTheSampleGrowsWithTheCells) {
  const auto tile = TileParameters::load(find_tile("trapezoidal"));
  const auto& device = test::catalog_model("trapezoidal");
  const auto few = write_verify_cost({500, 500, 500, 500}, tile, device, 64, 1);
  const auto many = write_verify_cost({3500, 3500, 3500, 3500}, tile, device, 64, 1);
  EXPECT_GT(few.standard_error, 0.0 * si::joules);
  EXPECT_NEAR(many.standard_error / few.standard_error, 7.0, 1e-9);
  EXPECT_NEAR(many.energy / few.energy, 7.0, 1e-9);
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
