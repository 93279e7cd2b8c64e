// SPDX-License-Identifier: Apache-2.0
// A wait without power: as many walls go as retention says, one draw a device.
#include "arrays/holding.h"

#include <cmath>

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "arrays/write_study.h"
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

// Site 2 has 63.24 kT at 300 K, so 42.16 kT at 450 K, and an attempt a nanosecond: 4.899e-10/s each
// way, and 1 - exp(-2 x 4.899e-10/s x 3.15576e8 s) = 0.2660 leave in ten years. All others have
// 100 kT and more at 300 K: less than 1e-11 leave. Five standard deviations.
TEST(Holding, AsManyWallsMoveAsRetentionSays) {
  constexpr double kLeave = 0.2660;
  Bench bench;
  const auto& devices = bench.tile->array().devices();
  const auto before = bench.tile->state();
  const auto moved = bench.tile->hold(holding(bench.model, 10, 450));
  double could = 0;
  double forward = 0;
  std::size_t seen = 0;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const auto& was = before.devices[i];
    EXPECT_EQ(devices.state(i).draws, was.draws + 1);
    could += was.site == 2 ? 1 : 0;
    if (devices.site(i) == was.site) {
      EXPECT_EQ(devices.state(i).arrival, was.arrival);
      continue;
    }
    ++seen;
    forward += devices.site(i) == 3 ? 1 : 0;
    EXPECT_EQ(was.site, 2);
    EXPECT_EQ(std::abs(devices.site(i) - was.site), 1);
    EXPECT_EQ(devices.state(i).arrival, was.draws);
  }
  EXPECT_EQ(seen, moved);
  ASSERT_GT(could, 1000.0);
  EXPECT_NEAR(static_cast<double>(moved), kLeave * could,
              5 * std::sqrt(kLeave * (1 - kLeave) * could));
  EXPECT_NEAR(forward, kLeave / 2 * could, 5 * std::sqrt(kLeave / 2 * (1 - kLeave / 2) * could));
}

// The same barrier at 350 K: 54.21 kT, 1.8e-6 in ten years.
TEST(Holding, WallsStayForTenYearsWhereItIsCoolerAndWhereTheyStick) {
  Bench cold;
  EXPECT_EQ(cold.tile->hold(holding(cold.model, 10, 350)), 0U);
  Bench stuck(1.0);
  EXPECT_EQ(stuck.tile->hold(holding(stuck.model, 10, 450)), 0U);
}

// What products see is what the walls are then.
TEST(Holding, ProductsAfterItAreOfTheMovedWalls) {
  Bench bench;
  const TileCommand product{TileOp::multiply, 0, Side::plus, std::vector<std::int16_t>(64, 1), 8};
  PairArray::ColumnSums before, after;
  bench.tile->array().sums(product.data, before);
  bench.tile->hold(holding(bench.model, 10, 450));
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
  EXPECT_EQ(refused(-1, 300), "a wait of less than 0 s");
  EXPECT_EQ(refused(1, 0), "a wait at no temperature: expected more than 0 K");
}

}  // namespace
}  // namespace dwmtj
