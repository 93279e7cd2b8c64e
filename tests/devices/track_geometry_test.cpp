// SPDX-License-Identifier: Apache-2.0
#include "devices/track_geometry.h"

#include <gtest/gtest.h>

#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

Length nanometres(double value) { return from_si<Length>(value * 1e-9); }

const TrackGeometry kTrapezoid = {nanometres(1000), nanometres(250), nanometres(1000),
                                  nanometres(200), nanometres(600)};

TEST(TrackGeometry, WidthGrowsOnAStraightLine) {
  EXPECT_NEAR(in_si(kTrapezoid.width(nanometres(0))), 250e-9, 1e-18);
  EXPECT_NEAR(in_si(kTrapezoid.width(nanometres(500))), 625e-9, 1e-18);
  EXPECT_NEAR(in_si(kTrapezoid.width(nanometres(1000))), 1000e-9, 1e-18);
}

TEST(TrackGeometry, StraightTrackIsAsWideEverywhere) {
  const auto straight = test::catalog_parameters(test::kStraight).geometry;
  for (const double x : {0.0, 1200.0, 3600.0}) {
    EXPECT_NEAR(in_si(straight.width(nanometres(x))), 350e-9, 1e-18);
  }
}

TEST(TrackGeometry, SwitchedFractionIsTheAreaBehindTheWall) {
  constexpr int kSlices = 100000;
  const auto area_up_to = [](double end) {
    double sum = 0.0;
    for (int i = 0; i < kSlices; ++i) {
      const double x = 200.0 + (end - 200.0) * (i + 0.5) / kSlices;
      sum += in_si(kTrapezoid.width(nanometres(x))) * (end - 200.0) * 1e-9 / kSlices;
    }
    return sum;
  };
  for (const double x : {250.0, 400.0, 555.0, 790.0}) {
    EXPECT_NEAR(kTrapezoid.switched_fraction(nanometres(x)), area_up_to(x) / area_up_to(800.0),
                1e-9);
  }
}

TEST(TrackGeometry, OutsideTheMtjNothingChanges) {
  EXPECT_EQ(kTrapezoid.switched_fraction(nanometres(0)), 0.0);
  EXPECT_EQ(kTrapezoid.switched_fraction(nanometres(200)), 0.0);
  EXPECT_EQ(kTrapezoid.switched_fraction(nanometres(800)), 1.0);
  EXPECT_EQ(kTrapezoid.switched_fraction(nanometres(1000)), 1.0);
}

}  // namespace
}  // namespace dwmtj
