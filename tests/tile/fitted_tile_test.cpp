// SPDX-License-Identifier: Apache-2.0
#include "tile/fitted_tile.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"
#include "tile/driver_law.h"

namespace dwmtj {
namespace {

TileParameters wired_tile() {
  auto tile = TileParameters::load(find_tile("straight"));
  tile.wires = {false,
                1.0 * si::ohms,
                2.0 * si::ohms,
                from_si<Capacitance>(0.5e-15),
                from_si<Capacitance>(0.25e-15),
                100.0 * si::ohms,
                50.0 * si::ohms};
  return tile;
}

TEST(FittedTile, OfIdealWiresIsTheTileItself) {
  const auto tile = TileParameters::load(find_tile("straight"));
  EXPECT_TRUE(tile.wires.ideal);
  EXPECT_EQ(&FittedTile(tile, 1024, 1024).parameters(), &tile);
}

// 200 segments of 1 ohm and 0.5 fF behind 100 ohm: 180 ohm, 100 fF; ln 1000 is 6.9078.
TEST(FittedTile, LinesSettleByTheirLength) {
  const auto wired = wired_tile();
  const FittedTile fitted(wired, 400, 100);
  const auto& timing = fitted.parameters().timing;
  EXPECT_NEAR(in_si(timing.select_settle), 2e-9 + (20.0 + 6.9078 * 180.0) * 100e-15, 1e-14);
  // 400 segments of 2 ohm and 0.25 fF behind 50 ohm: 370 ohm, 100 fF.
  EXPECT_NEAR(in_si(timing.read_settle),
              5e-9 + std::hypot(20.0 + 6.9078 * 180.0, 80.0 + 6.9078 * 370.0) * 100e-15, 1e-14);
}

TEST(FittedTile, LinesAreChargedByTheirLength) {
  const auto wired = wired_tile();
  const FittedTile fitted(wired, 400, 100);
  const auto& overhead = fitted.parameters().overhead;
  EXPECT_NEAR(in_si(overhead.select), 50e-15 + 100e-15 * 0.8 * 0.8, 1e-19);
  EXPECT_NEAR(in_si(overhead.row), 100e-15 * 0.1 * 0.1, 1e-20);
}

// 800 ohm of column beside a track of 0.2 V at 12.4 uA, 16.1 kohm: 0.65 V drive 38.4 uA, not 40.3.
TEST(FittedTile, ColumnsTakeOfTheCompliance) {
  const auto wired = wired_tile();
  const FittedTile fitted(wired, 400, 100);
  const auto& device = test::catalog_model("straight").parameters();
  const auto& point = device.operating_point;
  const double track = in_si(point.track_voltage) / in_si(point.track_current);
  auto strong = fitted.parameters().driver;
  strong.code_bits = 15;
  const DriverLaw law(strong, device);
  EXPECT_NEAR(in_si(law.current(16000)), 0.65 / (track + 800.0), 1e-12);
  strong.line = {};
  EXPECT_NEAR(in_si(DriverLaw(strong, device).current(16000)), 0.65 / track, 1e-12);
}

// The time in which the far end of a ladder of segments comes to 99.9 % of a step.
double settle_of_ladder(double driver, double r, double c, int segments) {
  const double step = 0.02 * r * c;
  std::vector<double> node(static_cast<std::size_t>(segments), 0.0);
  double time = 0.0;
  for (; node.back() < 0.999; time += step) {
    double into = (1.0 - node[0]) / (driver + r);
    for (std::size_t i = 0; i < node.size(); ++i) {
      const double on = i + 1 < node.size() ? (node[i] - node[i + 1]) / r : 0.0;
      node[i] += (into - on) * step / c;
      into = on;
    }
  }
  return time;
}

TEST(FittedTile, SettlesAsTheLadderOfItsSegments) {
  for (const double driver : {0.0, 40.0, 150.0, 1000.0}) {
    const double settle =
        in_si(settle_of_line(driver * si::ohms, 3.0 * si::ohms, from_si<Capacitance>(0.5e-15), 50));
    EXPECT_NEAR(settle / settle_of_ladder(driver, 3.0, 0.5e-15, 50), 1.0, 0.1) << driver;
  }
}

}  // namespace
}  // namespace dwmtj
