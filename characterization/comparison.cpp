// SPDX-License-Identifier: Apache-2.0
#include "characterization/comparison.h"

#include <cmath>

#include <fmt/format.h>

namespace dwmtj {
namespace {

ComparisonRow compare_level(const MeasuredLevel& measured, const std::string& site,
                            const LevelStatistics& ours) {
  const double mean = in_si(measured.mean);
  const double spread = in_si(measured.spread);
  return {fmt::format("level {}", site), fmt::format("{:.1f} +- {:.1f} ohm", mean, spread),
          fmt::format("{:.2f} +- {:.2f} ohm", ours.mean.mean(), ours.spread.mean()),
          std::abs(ours.mean.mean() - mean) <= spread};
}

ComparisonRow compare_switch(const MeasuredSwitch& measured, const SwitchStatistics& ours) {
  const double mean = in_si(measured.mean);
  return {fmt::format("V_C {}", measured.label),
          fmt::format("{:.2f} V, var {:.2f} %", mean, 100.0 * measured.var),
          fmt::format("{:.3f} V, var {:.2f} %", ours.mean.mean(), 100.0 * ours.var.mean()),
          std::abs(ours.mean.mean() - mean) <= measured.var * mean};
}

}  // namespace

std::vector<ComparisonRow> compare(const DeviceParameters& parameters,
                                   const CycleStatistics& statistics, Phase phase) {
  std::vector<ComparisonRow> rows;
  for (const auto& level : parameters.measured.levels) {
    const auto& ours = statistics.levels()[level.site];
    if (phase == Phase::write && ours.visits > 0) {
      rows.push_back(compare_level(level, parameters.sites[level.site].name, ours));
    }
  }
  for (const auto& row : parameters.measured.switches) {
    const auto& ours = statistics.leaving()[row.from];
    const bool same_phase = (row.to > row.from) == (phase == Phase::write);
    if (same_phase && ours.switches > 0) rows.push_back(compare_switch(row, ours));
  }
  return rows;
}

}  // namespace dwmtj
