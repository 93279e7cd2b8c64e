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

SwitchingMeasurement measurement(double mean, double var, int cycles) {
  const auto& parameters = catalog_model(test::kTrapezoid).parameters();
  return {volts(mean),
          var,
          cycles,
          parameters.protocol.ramp_step,
          parameters.operating_point.shape,
          parameters.pinning.attempt_time,
          parameters.pinning.barrier_exponent};
}

const SwitchingMeasurement kFirst = measurement(3.0, 0.025, 13);
const SwitchingMeasurement kSecond = measurement(3.5, 0.057, 13);
const SwitchingMeasurement kReset = measurement(3.7, 0.0135, 3);

// The last digit printed in the catalog is the tolerance.
void expect_constants(const SwitchingMeasurement& measured, double critical, double barrier,
                      double last_digit) {
  const auto site = calibrate(measured);
  std::printf("  V_c %.4f V (catalog %.4f), barrier %.2f kT (catalog %.2f)\n",
              in_si(site.critical_voltage), critical, site.barrier, barrier);
  EXPECT_NEAR(in_si(site.critical_voltage), critical, 0.6e-4);
  EXPECT_NEAR(site.barrier, barrier, 0.6 * last_digit);
}

TEST(Calibration, GivesTheConstantsOfTheCatalog) {
  expect_constants(kFirst, 3.2316, 201.1, 0.1);
  expect_constants(kSecond, 4.2508, 65.84, 0.01);
  expect_constants(kReset, 4.0264, 180.4, 0.1);
}

// Where the law of the trapezoid has them: at n2, n6, and n7 on the way back; to the digits that
// depths and line currents are written with.
TEST(Calibration, ConstantsAreThoseOfTheLaw) {
  const auto& model = catalog_model(test::kTrapezoid);
  const auto& parameters = model.parameters();
  const auto& law = model.switching();
  const auto critical = [&](int site, Direction direction, Field bias) {
    return std::abs(in_si(
        parameters.operating_point.pads_from_current(law.critical_current(site, direction, bias))));
  };
  const auto write = parameters.fields.write;
  const auto reset = parameters.fields.reset;
  EXPECT_NEAR(critical(1, Direction::forward, write), 3.2316, 1e-3);
  EXPECT_NEAR(critical(2, Direction::forward, write), 4.2508, 1e-3);
  EXPECT_NEAR(critical(3, Direction::reverse, reset), 4.0264, 1e-3);
  const auto barrier = [&](int site, Direction direction, Field bias) {
    const Current none = 0.0 * si::amperes;
    return -std::log(law.escape_rate(site, direction, none, bias) *
                     in_si(parameters.pinning.attempt_time));
  };
  EXPECT_NEAR(barrier(1, Direction::forward, write), 201.1, 0.1);
  EXPECT_NEAR(barrier(2, Direction::forward, write), 65.84, 0.01);
  EXPECT_NEAR(barrier(3, Direction::reverse, reset), 180.4, 0.1);
}

TEST(Calibration, AndBackToTheMeasurement) {
  for (const auto& measured : {kFirst, kSecond, kReset, measurement(1.0, 0.1, 20)}) {
    const auto expected = expected_switching(measured, calibrate(measured));
    EXPECT_NEAR(in_si(expected.mean) / in_si(measured.mean), 1.0, 1e-5);
    EXPECT_NEAR(expected.var / measured.var, 1.0, 1e-3);
  }
}

TEST(Calibration, ImpossibleVarIsRefused) {
  EXPECT_THROW(calibrate(measurement(3.0, 0.5, 13)), InputError);
  EXPECT_THROW(calibrate(measurement(3.0, 1e-9, 13)), InputError);
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
void expect_simulated(const SwitchingMeasurement& measured, Phase phase, int site) {
  const auto expected = expected_switching(measured, calibrate(measured));
  Sample mean;
  Sample var;
  for (std::uint64_t device = 0; device < 400; ++device) {
    const auto record = measure_write_reset(
        catalog_model(test::kTrapezoid),
        {volts(0), volts(4.5), measured.step, measured.cycles, 1, 21, 1}, volts(4.5), device);
    const auto voltages = leaving_voltages(record, phase, site);
    ASSERT_EQ(voltages.size(), static_cast<std::size_t>(measured.cycles));
    double sum = 0.0;
    for (const double voltage : voltages) sum += voltage;
    const auto [least, most] = std::minmax_element(voltages.begin(), voltages.end());
    const double average = sum / measured.cycles;
    mean.add(average);
    var.add((*most - *least) / (2.0 * average));
  }
  std::printf("  mean %.4f +- %.4f V (expected %.4f), var %.3f +- %.3f %% (expected %.3f)\n",
              mean.mean(), mean.error(), in_si(expected.mean), 100.0 * var.mean(),
              100.0 * var.error(), 100.0 * expected.var);
  EXPECT_NEAR(mean.mean(), in_si(expected.mean), 4.0 * mean.error());
  EXPECT_NEAR(var.mean(), expected.var, 4.0 * var.error());
}

TEST(Calibration, SimulatedStaircasesAgreeWithTheSums) {
  expect_simulated(kFirst, Phase::write, 1);
  expect_simulated(kReset, Phase::reset, 3);
}

}  // namespace
}  // namespace dwmtj
