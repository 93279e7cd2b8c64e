// SPDX-License-Identifier: Apache-2.0
// Switching data from a laboratory, or of our own: readings between pulses, told apart into the
// levels they lie around, and counted by level and amplitude.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "characterization/cycle_statistics.h"

namespace dwmtj {

// How often a pulse found the wall at a site, and it had left after.
struct Trials {
  std::uint64_t pulses = 0;
  std::uint64_t left = 0;
};
using TrialsByVoltage = std::map<double, Trials>;  // V at the pads, signed

struct SwitchingData {
  std::vector<double> levels;   // ohm, from the largest to the least: of the visits' means
  std::vector<double> spreads;  // ohm, over visits
  std::vector<std::uint64_t> visits;
  double read_noise = 0.0;              // of readings of one visit, over their value
  std::vector<TrialsByVoltage> trials;  // [level]
  CycleStatistics write, reset;
  ProtocolParameters protocol;  // as the amplitudes have it
};

// Columns by name: voltage_V or amplitude_V, and resistance_ohm or conductance_S; device and cycle
// where there are some; others are passed over. A row whose pulse is 0, or without an amplitude, is
// a reading alone, with which a cycle begins; the pulses of a cycle have one sign. Throws
// InputError: file:line, what was expected.
SwitchingData read_switching_data(const std::vector<std::filesystem::path>& files,
                                  std::size_t levels);

}  // namespace dwmtj
