// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse_sources.h"

#include <cmath>

#include "devices/device_variation.h"

namespace dwmtj {
namespace {

constexpr double kSameInTrains = 1e-6;  // of an amplitude or width in a CSV file
constexpr int kDraws = 2001;            // equally probable parts of a normal
constexpr double kStraight = 1e-9;      // a smaller nu bends nothing that a double could tell

bool same(double a, double b) { return std::abs(a - b) <= kSameInTrains * std::abs(b); }

// Where a train that goes (1 - exp(-nu p)) / (1 - exp(-nu)) is a pulse after it was at x.
double after_pulse(const PulseCurve& curve, double x) {
  const auto pulses = static_cast<double>(curve.states - 1);
  const double nu = curve.nonlinearity;
  if (curve.states == 2) return 1.0;
  if (std::abs(nu) < kStraight) return x + 1.0 / pulses;
  return x * std::exp(-nu / pulses) + std::expm1(-nu / pulses) / std::expm1(-nu);
}

}  // namespace

// Between two points the changes grow evenly, so their middle has the mean of both.
LevelChanges changes_of(const LookupTable& table, const ConductanceLevels& levels) {
  LevelChanges changes(levels);
  for (int level = 0; level < levels.count; ++level) {
    const double conductance = levels.level(level);
    for (std::size_t i = 0; i + 1 < table.points.size(); ++i) {
      const double change = 0.5 * (table.change(i, conductance) + table.change(i + 1, conductance));
      changes.add(level, change, table.points[i + 1] - table.points[i]);
    }
  }
  return changes;
}

bool is_like(const TrainPulse& pulse, double amplitude, Time width) {
  return same(pulse.amplitude, amplitude) && same(pulse.width, in_si(width));
}

LevelChanges changes_of(const PulseTrains& trains, double amplitude, Time width,
                        const ConductanceLevels& levels) {
  LevelChanges changes(levels);
  for (const auto& pulse : trains.pulses) {
    if (!is_like(pulse, amplitude, width)) continue;
    changes.add_from(pulse.before, pulse.after - pulse.before, 1.0);
  }
  return changes;
}

LevelChanges changes_of(const PulseCurve& curve, const ConductanceLevels& levels, bool upwards) {
  const double range = levels.most - levels.least;
  const auto noise = curve.write_noise > 0.0 ? class_values(kDraws) : std::vector<double>{0.0};
  LevelChanges changes(levels);
  for (int from = 0; from < levels.count; ++from) {
    const double share = (levels.level(from) - levels.least) / range;
    const double way = upwards ? share : 1.0 - share;  // gone so far
    const double mean = std::min(after_pulse(curve, way), 1.0) - way;
    for (const double draw : noise) {
      const double change = (upwards ? mean : -mean) + curve.write_noise * draw;
      changes.add(from, range * change, 1.0);
    }
  }
  return changes;
}

}  // namespace dwmtj
