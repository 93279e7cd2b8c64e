// SPDX-License-Identifier: Apache-2.0
// Trains of pulses as a laboratory writes them down: a CSV file, a reading after each pulse.
#pragma once

#include <filesystem>
#include <vector>

#include "common/units.h"

namespace dwmtj {

// A pulse between two readings.
struct TrainPulse {
  double amplitude;  // signed, in the unit of the file
  double width;      // s
  double before;     // S
  double after;
};

struct PulseTrains {
  bool in_amperes = false;  // amplitudes; else in volts
  std::vector<TrainPulse> pulses;
};

// Columns are found by the names in the first line: amplitude_V or amplitude_A, width_s, and
// conductance_S or resistance_ohm; others are passed over. A line without amplitude is a reading
// alone, with which a train begins. Plain or gzip. Throws InputError: file:line, what was expected.
PulseTrains read_pulse_trains(const std::filesystem::path& file);

}  // namespace dwmtj
