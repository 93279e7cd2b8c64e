// SPDX-License-Identifier: Apache-2.0
// The pulses that a device file lists: amplitude and energy of each, and where its changes stand.
#pragma once

#include <optional>
#include <vector>

#include "common/parameter_file.h"
#include "devices/measured_pulses.h"
#include "devices/pulse_sources.h"

namespace dwmtj {

struct PulseEntry {
  ParameterNode node;
  double amplitude = 0;  // as given, in V or A
  bool in_amperes = false;
  MeasuredPulse pulse;
  std::optional<PulseCurve> curve;  // none: of the table or the trains that the node names
};

// Fills in what a pulse of that shape is: the current is what costs the energy at the voltage, or
// the other way round.
void set_amplitude(const PulseShape& shape, PulseEntry& entry);

// Of the key `list`. Throws InputError: file:line, key, what was expected.
std::vector<PulseEntry> read_pulse_entries(const ParameterNode& section, const PulseShape& shape);

double read_nonlinearity(const ParameterNode& node, const std::string& key);
inline constexpr long kMostStates = 1000000;  // of a train

}  // namespace dwmtj
