// SPDX-License-Identifier: Apache-2.0
#include "tile/cell_parameters.h"

#include <gtest/gtest.h>

#include "devices/readout_law.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

Resistance kilohm(double value) { return from_si<Resistance>(1e3 * value); }

// 0.2 V / 12.4 uA are 16.13 kohm of track; the middle of the MTJ lies at 1795 nm of 3600 nm.
TEST(CellParameters, AReadCurrentMeetsTheTrackBeyondTheMtj) {
  const auto device = test::catalog_parameters("straight-100k");
  const double track = 0.2 / 12.4e-6;
  const double beyond = 1.0 - 1795.0 / 3600.0;
  const CellParameters one_end{ReadPath::one_end, kilohm(2)};
  EXPECT_NEAR(in_si(one_end.series(device)), 2e3 + beyond * track, 1e-6);
  EXPECT_EQ(one_end.wall_share(device), 1.0);
  const CellParameters both{ReadPath::both_ends, kilohm(2)};
  EXPECT_NEAR(in_si(both.series(device)), 2e3 + beyond * (1.0 - beyond) * track, 1e-6);
  EXPECT_NEAR(both.wall_share(device), beyond, 1e-12);
  EXPECT_EQ(in_si(CellParameters{}.series(device)), 0.0) << "at four points";
}

// The narrow end has more of the resistance: ln(w_clk / w) / ln(w_clk / w_in) is beyond the MTJ.
TEST(CellParameters, ATaperedTrackIsCountedByItsWidths) {
  const auto device = test::catalog_parameters("trapezoidal");
  const auto& track = device.geometry;
  const CellParameters cell{ReadPath::one_end, {}};
  double numeric = 0.0;  // of ohm, by a thousand slices
  double whole = 0.0;
  const Length middle = track.mtj_start + 0.5 * track.mtj_length;
  for (int i = 0; i < 100000; ++i) {
    const Length at = ((i + 0.5) / 100000.0) * track.length;
    const double slice = 1.0 / in_si(track.width(at));
    whole += slice;
    if (at > middle) numeric += slice;
  }
  const auto& point = device.operating_point;
  const double ohms = in_si(point.track_voltage / point.track_current);
  EXPECT_NEAR(in_si(cell.series(device)), ohms * numeric / whole, 1e-4 * ohms);
}

TEST(CellParameters, ADeviceShowsItsLevelsInSeries) {
  const auto device = test::catalog_parameters("straight-100k");
  const CellParameters cell{ReadPath::one_end, kilohm(2)};
  const ReadoutLaw bare(device);
  const auto shown_device = cell.show(device);
  const ReadoutLaw shown(shown_device);
  for (int site = 0; site < bare.sites(); ++site) {
    EXPECT_NEAR(in_si(shown.level(site)), in_si(bare.level(site) + cell.series(device)), 1e-6);
    EXPECT_NEAR(in_si(shown.spread(site)), in_si(bare.spread(site)), 1e-9) << "ohms add nothing";
  }
  EXPECT_LT(shown_device.readout.read_noise, device.readout.read_noise);
}

// A spread that is normal in conductance: dG = dG_mtj (G / G_mtj)^2.
TEST(CellParameters, SpreadsOfConductancesShrinkBySquares) {
  auto device = test::catalog_parameters("straight-16-100k");
  const CellParameters cell{ReadPath::one_end, kilohm(2)};
  const ReadoutLaw bare(device);
  ASSERT_TRUE(bare.draws_conductance());
  const ReadoutLaw shown(cell.show(device));
  const double ratio = shown.level_conductance(3) / bare.level_conductance(3);
  EXPECT_NEAR(shown.spread_conductance(3) / bare.spread_conductance(3), ratio * ratio, 1e-12);
}

// The four-point prototype: what a cell of three terminals would leave of its levels.
TEST(CellParameters, ATrackHidesAPrototype) {
  const auto device = test::catalog_parameters("trapezoidal");
  const ReadoutLaw bare(device);
  const ReadoutLaw shown(CellParameters{ReadPath::one_end, kilohm(1)}.show(device));
  const double before = 1.0 - bare.level(1) / bare.level(0);
  const double left = 1.0 - shown.level(1) / shown.level(0);
  EXPECT_GT(before, 0.06);
  EXPECT_LT(left, 0.002);
}

}  // namespace
}  // namespace dwmtj
