// SPDX-License-Identifier: Apache-2.0
// The hazard law against the measured firing probability of a DW-MTJ neuron (Leonard, Liu, Jin,
// Incorvia, APL 2023, arXiv 2304.04794): where it holds, and where it does not.
#include <array>
#include <cmath>
#include <utility>

#include <gtest/gtest.h>

#include "devices/device_model.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

// Volts at the device, share of pulses that fired.
constexpr std::array<std::pair<double, double>, 12> kMeasured = {{{0.5, 0.001},
                                                                  {1.0, 0.026},
                                                                  {1.1, 0.0234},
                                                                  {1.25, 0.0253},
                                                                  {1.4, 0.0172},
                                                                  {1.5, 0.0904},
                                                                  {1.6, 0.0769},
                                                                  {1.75, 0.0943},
                                                                  {1.825, 0.174},
                                                                  {1.9, 0.652},
                                                                  {2.0, 0.933},
                                                                  {2.2, 0.999}}};

// Fitted by least squares of ln(-ln(1 - P)) to the four points from 1.825 V on, for pulses of 50 ns
// without edges; the width of the experiment is not known.
constexpr double kBarrier = 35.0;   // kT
constexpr double kCritical = 2.52;  // V

const DeviceModel& fitted() {
  static const DeviceModel kModel = [] {
    auto device = test::catalog_parameters(test::kStraight);
    device.operating_point.shape = {test::nanoseconds(50.0), test::nanoseconds(0.0),
                                    test::nanoseconds(0.0)};
    device.pinning.critical_line_current =
        device.operating_point.current_from_pads(test::volts(kCritical)) / device.geometry.width_in;
    for (auto& site : device.sites) site.barrier = kBarrier;
    return DeviceModel(std::move(device));
  }();
  return kModel;
}

double firing(double volts) {
  return 1.0 - fitted().table(fitted().pad_pulse(test::volts(volts))).probability(0, 0);
}

double hazard(double chance) { return std::log(-std::log1p(-chance)); }

TEST(FiringProbability, UpperPointsAreWithinHalfAFoldOfTheHazard) {
  double squares = 0.0;
  for (std::size_t i = 8; i < kMeasured.size(); ++i) {
    const double off = hazard(firing(kMeasured[i].first)) - hazard(kMeasured[i].second);
    EXPECT_LT(std::abs(off), 0.7) << kMeasured[i].first;
    squares += off * off;
  }
  EXPECT_NEAR(std::sqrt(squares / 4.0), 0.42, 0.02);
}

// The slope falls from 23 to 5 a volt as measured, by a factor of five; that of one barrier that
// vanishes as (1 - V/Vc)^(3/2) falls by less than two over the same points.
TEST(FiringProbability, TheMeasuredThresholdIsSharperThanOneBarrier) {
  const auto slope = [](std::size_t i, double here, double next) {
    return (hazard(next) - hazard(here)) / (kMeasured[i + 1].first - kMeasured[i].first);
  };
  const auto measured = [&](std::size_t i) {
    return slope(i, kMeasured[i].second, kMeasured[i + 1].second);
  };
  const auto ours = [&](std::size_t i) {
    return slope(i, firing(kMeasured[i].first), firing(kMeasured[i + 1].first));
  };
  EXPECT_NEAR(measured(8), 22.8, 0.1);
  EXPECT_NEAR(measured(9), 9.4, 0.1);
  EXPECT_NEAR(measured(10), 4.7, 0.1);
  EXPECT_LT(ours(8) / ours(10), 2.0);
}

// The floor of 2 to 9 % below 1.8 V is no thermal escape over this barrier.
TEST(FiringProbability, TheFloorIsNotInTheLaw) {
  for (std::size_t i = 1; i < 6; ++i) {
    EXPECT_LT(firing(kMeasured[i].first), 0.15 * kMeasured[i].second) << kMeasured[i].first;
  }
}

}  // namespace
}  // namespace dwmtj
