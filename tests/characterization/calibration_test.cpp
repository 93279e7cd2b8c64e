// SPDX-License-Identifier: Apache-2.0
#include "characterization/calibration.h"

#include <cmath>
#include <cstdio>
#include <random>

#include <gtest/gtest.h>

#include "characterization/write_reset.h"
#include "common/input_error.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

using test::catalog_model;
using test::volts;

SwitchingSite notch(double step = 0.05) {
  const auto& parameters = catalog_model(test::kTrapezoid).parameters();
  return single_notch({volts(step), parameters.operating_point.shape,
                       parameters.pinning.attempt_time, parameters.pinning.barrier_exponent});
}

SwitchingMeasurement measured(double mean, double var, int cycles) {
  return {volts(mean), var, cycles};
}

const SwitchingMeasurement kFirst = measured(3.0, 0.025, 13);
const SwitchingMeasurement kSecond = measured(3.5, 0.057, 13);
const SwitchingMeasurement kReset = measured(3.7, 0.0135, 3);

SwitchingSite site_of_trapezoid(std::size_t site, Phase phase) {
  return {test::catalog_parameters(test::kTrapezoid), site, phase};
}

// The last digit printed in the docs is the tolerance.
void expect_constants(const SwitchingMeasurement& measurement, double critical, double barrier,
                      double last_digit) {
  const auto site = calibrate(notch(), measurement);
  std::printf("  V_c %.4f V (docs %.4f), barrier %.2f kT (docs %.2f)\n",
              in_si(site.critical_voltage), critical, site.barrier, barrier);
  EXPECT_NEAR(in_si(site.critical_voltage), critical, 0.6e-4);
  EXPECT_NEAR(site.barrier, barrier, 0.6 * last_digit);
}

TEST(Calibration, OfASingleNotch) {
  expect_constants(kFirst, 3.2316, 201.2, 0.1);
  expect_constants(kSecond, 4.2509, 65.83, 0.01);
  expect_constants(kReset, 4.0264, 180.4, 0.1);
}

// The catalog's n6 is fitted where it was measured.
TEST(Calibration, OfASiteInTheRampOfItsDevice) {
  const auto site = calibrate(site_of_trapezoid(2, Phase::write), kSecond);
  const auto catalog = test::catalog_parameters(test::kTrapezoid).sites[2];
  EXPECT_NEAR(in_si(site.depth), in_si(catalog.depth), 1e-12);
  EXPECT_NEAR(site.barrier, catalog.barrier, 0.01);
}

// What the law of the device makes of its constants, in the protocol in which each was measured.
TEST(Calibration, TheCatalogGivesTheMeasuredValuesInItsOwnRamp) {
  const auto expect = [](std::size_t site, Phase phase, const SwitchingMeasurement& m) {
    const auto ours = expected_switching(site_of_trapezoid(site, phase), m.cycles);
    std::printf("  mean %.4f V, var %.4f %%\n", in_si(ours.mean), 100.0 * ours.var);
    EXPECT_NEAR(in_si(ours.mean), in_si(m.mean), 2e-3);
    EXPECT_NEAR(ours.var, m.var, 2e-4);
    EXPECT_GT(ours.seen, 0.99);
  };
  expect(1, Phase::write, kFirst);
  expect(2, Phase::write, kSecond);
  expect(3, Phase::reset, kReset);
}

void expect_back(const SwitchingSite& site, const SwitchingMeasurement& m) {
  auto fitted = site;
  const auto fit = calibrate(site, m);
  fitted.device.sites[site.site].depth = fit.depth;
  fitted.device.sites[site.site].barrier = fit.barrier;
  const auto ours = expected_switching(fitted, m.cycles);
  EXPECT_NEAR(in_si(ours.mean) / in_si(m.mean), 1.0, 1e-4);
  EXPECT_NEAR(ours.var / m.var, 1.0, 1e-3);
}

TEST(Calibration, AndBackToTheMeasurement) {
  expect_back(notch(), measured(1.0, 0.1, 20));
  expect_back(site_of_trapezoid(2, Phase::write), measured(3.6, 0.05, 10));
}

// A mean beside the steps of the staircase needs two of them, however sharp the switch.
TEST(Calibration, WhatCannotBeReachedIsRefusedAndTold) {
  const auto why = [](const SwitchingMeasurement& m) {
    try {
      calibrate(notch(), m);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_NE(why(measured(1.01, 0.015, 10)).find("cannot be reached: 15 to 3000 kT give 2.2"),
            std::string::npos)
      << why(measured(1.01, 0.015, 10));
  EXPECT_NE(why(measured(3.0, 0.5, 13)).find("cannot be reached"), std::string::npos);
}

// Sharp switches beside a step have several fits; the lowest barrier is taken.
TEST(Calibration, TakesTheLowestBarrier) {
  const auto fit = calibrate(notch(), measured(2.98, 0.0084, 10));
  EXPECT_GT(fit.barrier, 1500.0);
  EXPECT_LT(fit.barrier, 1600.0);
  EXPECT_NEAR(fit.expected.var, 0.0084, 1e-5);
}

// A mean over devices with its standard error.
class Sample {
 public:
  void add(double value) {
    sum_ += value;
    squares_ += value * value;
    ++count_;
  }
  double mean() const { return sum_ / count_; }
  double error() const { return std::sqrt((squares_ / count_ - mean() * mean()) / count_); }

 private:
  double sum_ = 0.0;
  double squares_ = 0.0;
  double count_ = 0.0;
};

// |V| of the pulse that made the wall leave `site` in each cycle of `phase`.
std::vector<double> leaving_voltages(const DeviceRecord& record, Phase phase, int site) {
  std::vector<double> voltages;
  for (std::size_t i = 1; i < record.size(); ++i) {
    const auto& row = record[i];
    if (row.phase != phase || row.pulse == 0 || record[i - 1].site != site) continue;
    if (row.site != site) voltages.push_back(std::abs(row.voltage));
  }
  return voltages;
}

// Four standard errors: p = 6e-5 each.
void expect_simulated(const SwitchingMeasurement& m, Phase phase, int site) {
  const auto expected =
      expected_switching(site_of_trapezoid(static_cast<std::size_t>(site), phase), m.cycles);
  const auto measurement =
      write_reset(catalog_model(test::kTrapezoid),
                  {volts(0), volts(4.5), volts(0.05), m.cycles, 1, 21, 1}, volts(4.5));
  Sample mean;
  Sample var;
  int passed_over = 0;
  for (std::uint64_t device = 0; device < 400; ++device) {
    const auto voltages = leaving_voltages(record_of(measurement, device), phase, site);
    if (voltages.size() != static_cast<std::size_t>(m.cycles)) {
      ++passed_over;  // a cycle without the site: the sums are of those that see it
      continue;
    }
    double sum = 0.0;
    for (const double voltage : voltages) sum += voltage;
    const auto [least, most] = std::minmax_element(voltages.begin(), voltages.end());
    const double average = sum / m.cycles;
    mean.add(average);
    var.add((*most - *least) / (2.0 * average));
  }
  std::printf("  mean %.4f +- %.4f V (expected %.4f), var %.3f +- %.3f %% (expected %.3f)\n",
              mean.mean(), mean.error(), in_si(expected.mean), 100.0 * var.mean(),
              100.0 * var.error(), 100.0 * expected.var);
  EXPECT_LE(passed_over, 10);  // of 400; a cycle in 1000 skips n6
  EXPECT_NEAR(mean.mean(), in_si(expected.mean), 4.0 * mean.error());
  EXPECT_NEAR(var.mean(), expected.var, 4.0 * var.error());
}

// A ramp that ends long before the first wall moves.
TEST(Calibration, NothingIsExpectedOfAWallThatStays) {
  auto site = site_of_trapezoid(0, Phase::write);
  site.device.protocol.ramp_stop = 2.0 * site.device.protocol.ramp_step;
  const auto expected = expected_switching(site, 5);
  EXPECT_LT(expected.seen, 1e-12);
  EXPECT_EQ(in_si(expected.mean), 0.0);
  EXPECT_EQ(expected.var, 0.0);
}

TEST(Calibration, SimulatedStaircasesAgreeWithTheSums) {
  expect_simulated(kFirst, Phase::write, 1);
  expect_simulated(kSecond, Phase::write, 2);
  expect_simulated(kReset, Phase::reset, 3);
}

}  // namespace
}  // namespace dwmtj
