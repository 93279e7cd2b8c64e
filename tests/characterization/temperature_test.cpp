// SPDX-License-Identifier: Apache-2.0
#include "characterization/temperature.h"

#include <gtest/gtest.h>

#include "characterization/cycle_statistics.h"
#include "characterization/ramp.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

const TemperaturePoint& point(const std::vector<TemperaturePoint>& points, double kelvin,
                              int site) {
  for (const auto& point : points) {
    if (in_si(point.temperature) == kelvin && point.site == site) return point;
  }
  throw std::logic_error("no such point");
}

TEST(TemperatureMap, ColdSwitchesLaterAndSharper) {
  const auto parameters = test::catalog_parameters(test::kTrapezoid);
  const auto points = temperature_map(parameters, {4.0 * si::kelvin, 300.0 * si::kelvin});
  ASSERT_EQ(points.size(), 8U);
  for (int site = 0; site < 4; ++site) {
    const auto& cold = point(points, 4.0, site);
    const auto& room = point(points, 300.0, site);
    EXPECT_GT(cold.switching.mean, room.switching.mean) << site;
    EXPECT_LT(cold.switching.var, room.switching.var) << site;
    EXPECT_LE(cold.left_in_ten_years, room.left_in_ten_years) << site;
  }
  // Cold, a site is left near where its barrier vanishes: n2 at 3.23 V.
  EXPECT_NEAR(in_si(point(points, 4.0, 1).switching.mean), 3.2, 0.05);
}

// The exact sums against simulated ramps at another temperature; four standard errors.
TEST(TemperatureMap, IsWhatRampsShow) {
  const auto parameters = test::catalog_parameters(test::kTrapezoid);
  const auto expected = point(temperature_map(parameters, {400.0 * si::kelvin}), 400.0, 2);
  const DeviceModel model(parameters, 400.0 * si::kelvin);
  const auto& protocol = parameters.protocol;
  const auto measurement = ramp(model, {test::volts(0), protocol.ramp_stop, protocol.ramp_step,
                                        static_cast<int>(protocol.ramp_cycles), 1, 5, 1});
  CycleStatistics statistics(model.sites(), Phase::write);
  for (std::uint64_t device = 0; device < 400; ++device) {
    measurement(device, Rows::changes, [&](const PulseRecord& row) { statistics.add(row); });
    statistics.finish_device();
  }
  const auto& left = statistics.leaving()[2];
  EXPECT_NEAR(left.mean.mean(), in_si(expected.switching.mean), 4.0 * left.mean.deviation() / 20.0);
  EXPECT_NEAR(left.var.mean(), expected.switching.var, 4.0 * left.var.deviation() / 20.0);
}

}  // namespace
}  // namespace dwmtj
