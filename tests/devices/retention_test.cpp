// SPDX-License-Identifier: Apache-2.0
#include "devices/retention.h"

#include <cmath>

#include <gtest/gtest.h>

#include "characterization/retention_curve.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::catalog_model;
using test::catalog_parameters;

const Current kNoCurrent = 0.0 * si::amperes;

Time seconds(double value) { return from_si<Time>(value); }

double most_lost_in_ten_years(const DeviceModel& model, Field bias) {
  double most = 0.0;
  for (int site = 0; site < model.sites(); ++site) {
    most =
        std::max(most, leaving_probability(model.switching(), site, kTenYears, kNoCurrent, bias));
  }
  return most;
}

TEST(Retention, NoWallLeavesInTenYears) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    const double write_field = most_lost_in_ten_years(model, model.parameters().fields.write);
    const double no_field = most_lost_in_ten_years(model, test::millitesla(0));
    std::printf("%-14s lost in ten years at 300 K: %.3g (write field), %.3g (no field)\n",
                name.c_str(), write_field, no_field);
    EXPECT_LT(write_field, 1e-6) << name;
    EXPECT_LT(no_field, 1e-6) << name;
  }
}

TEST(Retention, IsTheExponentialLawOfBothDirections) {
  const auto& law = catalog_model(test::kStraight).switching();
  const auto current = from_si<Current>(3e-6);
  const Field bias = test::millitesla(0);
  const double rate = law.escape_rate(2, Direction::forward, current, bias) +
                      law.escape_rate(2, Direction::reverse, current, bias);
  for (const double time : {1e-9, 1.0, 1e12, 1e20}) {
    const double expected = -std::expm1(-rate * time);
    EXPECT_NEAR(leaving_probability(law, 2, seconds(time), current, bias), expected,
                1e-12 * expected);
  }
}

// 1 - exp(-x) would give zero below 1e-16.
TEST(Retention, SmallProbabilitiesAreNotLost) {
  const auto& law = catalog_model(test::kTrapezoid).switching();
  const Field bias = test::millitesla(-4);
  const double rate = law.escape_rate(3, Direction::reverse, kNoCurrent, bias);
  EXPECT_LT(rate, 1e-150);  // 434 kT
  EXPECT_GT(rate, 0.0);
  EXPECT_NEAR(leaving_probability(law, 3, kTenYears, kNoCurrent, bias) / (rate * in_si(kTenYears)),
              1.0, 1e-12);
}

TEST(Retention, MoreTimeLosesMore) {
  const auto& law = catalog_model(test::kStraight).switching();
  EXPECT_EQ(leaving_probability(law, 1, seconds(0), kNoCurrent, test::millitesla(0)), 0.0);
  for (double time = 1e-9; time < 1e10; time *= 10.0) {
    EXPECT_LT(leaving_probability(law, 1, seconds(time), kNoCurrent, test::millitesla(0)),
              leaving_probability(law, 1, seconds(10.0 * time), kNoCurrent, test::millitesla(0)));
  }
}

TEST(Retention, HotterLosesMore) {
  for (const auto& name : test::law_device_names()) {
    const auto parameters = catalog_parameters(name);
    for (double kelvin = 250.0; kelvin < 500.0; kelvin += 25.0) {
      const SwitchingLaw cold(parameters, kelvin * si::kelvin);
      const SwitchingLaw hot(parameters, (kelvin + 25.0) * si::kelvin);
      for (int site = 0; site < cold.sites(); ++site) {
        EXPECT_LE(leaving_probability(cold, site, kTenYears, kNoCurrent, parameters.fields.write),
                  leaving_probability(hot, site, kTenYears, kNoCurrent, parameters.fields.write));
      }
    }
  }
}

TEST(Retention, ReadDisturbGrowsWithTheReadVoltage) {
  for (const auto& name : test::law_device_names()) {
    const auto& model = catalog_model(name);
    const auto& point = model.parameters().operating_point;
    for (int site = 0; site + 1 < model.sites(); ++site) {
      double before = 0.0;
      for (const double share : {0.0, 0.05, 0.1, 0.15, 0.2}) {
        const double lost =
            leaving_probability(model.switching(), site, seconds(1), share * point.track_current,
                                model.parameters().pinning.compensation_field);
        EXPECT_GT(lost, before) << name << " site " << site;
        before = lost;
      }
    }
  }
}

TEST(Retention, CurveHoldsEverySiteTemperatureAndTime) {
  const auto parameters = catalog_parameters(test::kTrapezoid);
  const auto curve = retention_curve(
      parameters, {{kRoomTemperature, 400.0 * si::kelvin}, kNoCurrent, test::millitesla(-4)});
  ASSERT_EQ(curve.size(), 2U * 4U * 39U);
  EXPECT_NEAR(in_si(curve.front().time), 1e-9, 1e-18);
  int ten_years = 0;
  for (const auto& point : curve) {
    const SwitchingLaw law(parameters, point.temperature);
    EXPECT_EQ(point.probability,
              leaving_probability(law, point.site, point.time, kNoCurrent, test::millitesla(-4)));
    ten_years += point.time == kTenYears ? 1 : 0;
  }
  EXPECT_EQ(ten_years, 2 * 4);
}

// Two sites that exchange walls: 1/2 (1 - exp(-2 r t)) where both rates are r.
TEST(RestingChances, RelaxToEquilibrium) {
  const SwitchingLaw law(catalog_parameters("straight"), 600.0 * si::kelvin);
  const auto bias = catalog_parameters("straight").pinning.compensation_field;
  const auto sites = static_cast<std::size_t>(law.sites());
  const auto soon = resting_chances(law, seconds(1e-6), kNoCurrent, bias);
  const auto late = resting_chances(law, seconds(1e30), kNoCurrent, bias);
  for (std::size_t from = 0; from < sites; ++from) {
    double sum = 0.0;
    double late_sum = 0.0;
    for (std::size_t to = 0; to < sites; ++to) {
      sum += soon[from * sites + to];
      late_sum += late[from * sites + to];
      EXPECT_NEAR(late[from * sites + to], late[to], 1e-9);  // wherever they began
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
    EXPECT_NEAR(late_sum, 1.0, 1e-12);
    const double left =
        leaving_probability(law, static_cast<int>(from), seconds(1e-6), kNoCurrent, bias);
    double away = 0.0;
    for (std::size_t to = 0; to < sites; ++to) away += to == from ? 0.0 : soon[from * sites + to];
    EXPECT_NEAR(away / left, 1.0, 1e-4);  // hardly one comes back
  }
}

}  // namespace
}  // namespace dwmtj
