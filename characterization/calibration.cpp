// SPDX-License-Identifier: Apache-2.0
#include "characterization/calibration.h"

#include <cmath>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/quantity_text.h"

namespace dwmtj {
namespace {

constexpr double kLeastBarrier = 15.0;
constexpr double kMostBarrier = 3e3;
constexpr int kBins = 600;

// Chance that one pulse of `voltage` frees the wall.
double leaving_chance(const SwitchingMeasurement& m, const CalibratedSite& site, double voltage) {
  const double ratio = voltage / in_si(site.critical_voltage);
  if (ratio >= 1.0) return 1.0;
  const Time bin = m.shape.foot_to_foot() / static_cast<double>(kBins);
  double exposure = 0.0;
  for (int i = 0; i < kBins; ++i) {
    const double drive = ratio * m.shape.level((i + 0.5) * bin);
    exposure += std::exp(-site.barrier * std::pow(1.0 - drive, m.barrier_exponent));
  }
  return -std::expm1(-exposure * (bin / m.attempt_time));
}

}  // namespace

ExpectedSwitching expected_switching(const SwitchingMeasurement& m, const CalibratedSite& site) {
  // Sums over the staircase: of V dP, of V d(P^n) for the largest of n, of V d(1-(1-P)^n) for the
  // least.
  const double step = in_si(m.step);
  double staying = 1.0;
  double mean = 0.0;
  double most = 0.0;
  double least = 0.0;
  for (int i = 1; staying > 1e-15; ++i) {
    const double voltage = i * step;
    const double before = staying;
    staying *= 1.0 - leaving_chance(m, site, voltage);
    mean += voltage * (before - staying);
    most += voltage * (std::pow(1.0 - staying, m.cycles) - std::pow(1.0 - before, m.cycles));
    least += voltage * (std::pow(before, m.cycles) - std::pow(staying, m.cycles));
  }
  return {from_si<Voltage>(mean), (most - least) / (2.0 * mean)};
}

namespace {

// The critical voltage that gives the measured mean with this barrier.
CalibratedSite with_measured_mean(const SwitchingMeasurement& m, double barrier) {
  CalibratedSite site{m.mean * 1.05, barrier};
  for (int round = 0; round < 40; ++round) {
    const double ratio = m.mean / expected_switching(m, site).mean;
    site.critical_voltage *= ratio;
    if (std::abs(ratio - 1.0) < 1e-7) break;
  }
  return site;
}

}  // namespace

CalibratedSite calibrate(const SwitchingMeasurement& m) {
  const auto var_of = [&](double barrier) {
    return expected_switching(m, with_measured_mean(m, barrier)).var;
  };
  double low = kLeastBarrier;
  double high = kMostBarrier;
  if (var_of(low) < m.var || var_of(high) > m.var) {
    throw InputError(
        fmt::format("no barrier from {} to {} kT gives a var of {:.3g} % at {} with "
                    "steps of {}",
                    kLeastBarrier, kMostBarrier, 100.0 * m.var, format_quantity(m.mean),
                    format_quantity(m.step)));
  }
  while (high / low > 1.0 + 1e-5) {
    const double middle = std::sqrt(low * high);  // var falls with the barrier
    (var_of(middle) > m.var ? low : high) = middle;
  }
  return with_measured_mean(m, std::sqrt(low * high));
}

}  // namespace dwmtj
