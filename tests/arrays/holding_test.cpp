// SPDX-License-Identifier: Apache-2.0
// A wait without power: as many walls go as retention says, one draw a device.
#include "arrays/holding.h"

#include <cmath>

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "arrays/write_study.h"
#include "devices/retention.h"
#include "tests/support/catalog_model.h"
#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

constexpr double kYear = 365.25 * 86400.0;

Holding holding(const DeviceModel& model, double years, double kelvin) {
  return {model, years * kYear * si::seconds, kelvin * si::kelvin};
}

struct Bench {
  explicit Bench(double stuck_rate = 0.0) {
    parameters.stuck.rate = stuck_rate;
    tile = std::make_unique<BulkTile>("tile0", parameters, model, ledger,
                                      BulkTileOptions{{64, 64}, 3});
    levels = random_levels(tile->array().devices().size(), model.sites(), 5);
    tile->program_array(levels);
  }
  TileParameters parameters = TileParameters::load(find_tile("trapezoidal"));
  const DeviceModel& model = test::catalog_model("trapezoidal");
  Ledger ledger;
  std::unique_ptr<BulkTile> tile;
  std::vector<std::int16_t> levels;
};

// Of 8192 devices at random levels: five standard deviations.
TEST(Holding, AsManyWallsMoveAsRetentionSays) {
  Bench bench;
  const auto& devices = bench.tile->array().devices();
  const auto before = bench.tile->state();
  const SwitchingLaw law(bench.model.parameters(), 350.0 * si::kelvin);
  const auto chances = resting_chances(law, kYear * si::seconds, 0.0 * si::amperes,
                                       bench.model.parameters().pinning.compensation_field);
  double expected = 0;
  double variance = 0;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const auto site = static_cast<std::size_t>(devices.site(i));
    const double stays = chances[site * static_cast<std::size_t>(bench.model.sites()) + site];
    expected += 1 - stays;
    variance += stays * (1 - stays);
  }
  const auto moved = bench.tile->hold(holding(bench.model, 1, 350));
  EXPECT_GT(expected, 100.0);
  EXPECT_NEAR(static_cast<double>(moved), expected, 5 * std::sqrt(variance));
  std::size_t seen = 0;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    EXPECT_EQ(devices.state(i).draws, before.devices[i].draws + 1);
    const bool stayed = devices.state(i).site == before.devices[i].site;
    EXPECT_EQ(devices.state(i).arrival == before.devices[i].arrival, stayed);
    seen += stayed ? 0 : 1;
  }
  EXPECT_EQ(seen, moved);
}

TEST(Holding, WallsStayForTenYearsWhereItIsColdAndWhereTheyStick) {
  Bench cold;
  EXPECT_EQ(cold.tile->hold(holding(cold.model, 10, 250)), 0U);
  Bench stuck(1.0);
  EXPECT_EQ(stuck.tile->hold(holding(stuck.model, 10, 400)), 0U);
}

// What products see is what the walls are then.
TEST(Holding, ProductsAfterItAreOfTheMovedWalls) {
  Bench bench;
  const TileCommand product{TileOp::multiply, 0, Side::plus, std::vector<std::int16_t>(64, 1), 8};
  PairArray::ColumnSums before, after;
  bench.tile->array().sums(product.data, before);
  bench.tile->hold(holding(bench.model, 1, 350));
  bench.tile->array().sums(product.data, after);
  EXPECT_NE(before.difference, after.difference);
}

TEST(Holding, RefusesWhatIsNoWait) {
  const auto& model = test::catalog_model("trapezoidal");
  const auto refused = [&](double years, double kelvin) {
    return input_error_of([&] {
      static_cast<void>(holding(model, years, kelvin));
      return 0;
    });
  };
  EXPECT_EQ(refused(-1, 300), "--hold: expected a time of at least 0 s");
  EXPECT_EQ(refused(1, 0), "--temperature: expected more than 0 K");
}

}  // namespace
}  // namespace dwmtj
