// SPDX-License-Identifier: Apache-2.0
#include "characterization/comparison.h"

#include <algorithm>
#include <cmath>

#include <boost/math/quadrature/sinh_sinh.hpp>
#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr double kOurErrors = 3.0;  // standard errors of ours, beside one of the measured value
constexpr double kRangeError =
    0.9;  // of a range of n normals, times sqrt(n): 0.91 for 3, 0.84 for 13
constexpr double kUnlikely = 0.05;

std::string limits(double measured, double tolerance, const char* unit) {
  return fmt::format("not within {:.3g}{} of {:.4g}{}", tolerance, unit, measured, unit);
}

ComparisonRow not_seen(const std::string& quantity, const std::string& measured,
                       const std::string& why) {
  return {quantity, measured, "-", false, why};
}

ComparisonRow judged(const std::string& quantity, const std::string& measured,
                     const std::string& ours, double off, double tolerance,
                     const std::string& why) {
  const bool agrees = std::abs(off) <= tolerance;
  return {quantity, measured, ours, agrees, agrees ? "" : why};
}

double root(double n) { return std::sqrt(std::max(n, 1.0)); }

// The measured values are of as many cycles as the protocol has.
void compare_level(const MeasuredLevel& measured, const DeviceParameters& parameters,
                   const LevelStatistics& ours, std::vector<ComparisonRow>& rows) {
  const auto level = "level " + parameters.sites[measured.site].name;
  const std::string spread_row = "  its spread";
  const double mean = in_si(measured.mean);
  const double spread = in_si(measured.spread);
  const auto printed = fmt::format("{:.1f} ohm", mean);
  const auto printed_spread = fmt::format("{:.2f} ohm", spread);
  if (ours.visits == 0) {
    rows.push_back(not_seen(level, printed, "never seen"));
    rows.push_back(not_seen(spread_row, printed_spread, "never seen"));
    return;
  }
  const auto cycles = static_cast<double>(parameters.protocol.ramp_cycles);
  const auto visits = static_cast<double>(ours.visits);
  const double error =
      spread / root(cycles) + kOurErrors * std::max(ours.spread(), spread) / root(visits);
  rows.push_back(judged(level, printed, fmt::format("{:.2f} ohm", ours.mean.mean()),
                        ours.mean.mean() - mean, error, limits(mean, error, " ohm")));
  if (ours.freedom == 0) {
    rows.push_back(not_seen(spread_row, printed_spread, "one visit a device has none"));
    return;
  }
  const double spread_error = spread / root(2.0 * (cycles - 1.0)) +
                              kOurErrors * spread / root(2.0 * static_cast<double>(ours.freedom));
  rows.push_back(judged(spread_row, printed_spread, fmt::format("{:.2f} ohm", ours.spread()),
                        ours.spread() - spread, spread_error,
                        limits(spread, spread_error, " ohm")));
}

// A switch that was seen in all n cycles happens at least as often as that is not unlikely.
ComparisonRow compare_share(const MeasuredSwitch& measured, std::uint64_t switches,
                            std::uint64_t cycles) {
  const auto all = static_cast<double>(std::max<std::uint64_t>(cycles, 1));
  const double share = static_cast<double>(switches) / all;
  const double least = std::pow(kUnlikely, 1.0 / static_cast<double>(measured.cycles));
  const double error = kOurErrors * std::sqrt(least * (1.0 - least) / all);
  const bool agrees = share >= least - error;
  return {"  seen in cycles", fmt::format("{0} of {0}", measured.cycles),
          fmt::format("{} of {}", switches, cycles), agrees,
          agrees ? "" : fmt::format("not in {:.0f} % of them", 100.0 * least)};
}

void compare_switch(const MeasuredSwitch& measured, const SwitchStatistics& ours,
                    std::uint64_t cycles, std::vector<ComparisonRow>& rows) {
  const auto quantity = "V_C " + measured.label;
  const double mean = in_si(measured.mean);
  const auto printed = fmt::format("{:.2f} V", mean);
  const auto printed_var = fmt::format("{:.2f} %", 100.0 * measured.var);
  const auto n = static_cast<double>(measured.cycles);
  rows.push_back(compare_share(measured, ours.voltages.count(), cycles));
  rows.back().quantity = quantity + " seen";
  if (ours.voltages.count() == 0) {
    rows.push_back(not_seen(quantity, printed, "never seen"));
    rows.push_back(not_seen("  its var", printed_var, "never seen"));
    return;
  }
  const double sigma = measured.var * mean / half_range_of_normals(n);
  const double error = sigma / root(n) + kOurErrors * std::max(ours.voltages.deviation(), sigma) /
                                             root(static_cast<double>(ours.voltages.count()));
  rows.push_back(judged(quantity, printed, fmt::format("{:.3f} V", ours.mean.mean()),
                        ours.mean.mean() - mean, error, limits(mean, error, " V")));
  if (ours.var.count() == 0) {
    rows.push_back(not_seen("  its var", printed_var, "one switch a device has none"));
    return;
  }
  // A range grows with the cycles that it is taken over.
  const auto devices = static_cast<double>(ours.mean.count());
  const double cycles_of_ours = static_cast<double>(ours.voltages.count()) / devices;
  const double expected =
      measured.var * half_range_of_normals(cycles_of_ours) / half_range_of_normals(n);
  const double var_error =
      expected * kRangeError * (1.0 / root(n) + kOurErrors / root(cycles_of_ours * devices));
  rows.push_back(judged("  its var", printed_var, fmt::format("{:.2f} %", 100.0 * ours.var.mean()),
                        ours.var.mean() - expected, var_error,
                        limits(100.0 * expected, 100.0 * var_error, " %")));
}

}  // namespace

// Integral of 1 - P^n - (1 - P)^n.
double half_range_of_normals(double n) {
  boost::math::quadrature::sinh_sinh<double> over_all;
  const double range = over_all.integrate([n](double x) {
    const double below = 0.5 * std::erfc(-x / std::sqrt(2.0));
    const double above = 0.5 * std::erfc(x / std::sqrt(2.0));
    return 1.0 - std::pow(below, n) - std::pow(above, n);
  });
  return 0.5 * range;
}

std::vector<ComparisonRow> compare(const DeviceParameters& parameters,
                                   const CycleStatistics& statistics, Phase phase) {
  std::vector<ComparisonRow> rows;
  if (phase == Phase::write) {
    for (const auto& level : parameters.measured.levels) {
      compare_level(level, parameters, statistics.levels()[level.site], rows);
    }
  }
  for (const auto& row : parameters.measured.switches) {
    if ((row.to > row.from) != (phase == Phase::write)) continue;
    const auto ours = statistics.switching(static_cast<int>(row.from), static_cast<int>(row.to));
    compare_switch(row, ours, statistics.cycles(), rows);
  }
  return rows;
}

}  // namespace dwmtj
