// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse_entries.h"

#include <cmath>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr double kMostNonlinearity = 1000.0;

std::string key_of_amplitude(const PulseEntry& entry) {
  return entry.in_amperes ? "current" : "voltage";
}

Dimension dimension_of(const PulseEntry& entry) {
  return entry.in_amperes ? Dimension::current : Dimension::voltage;
}

void check_beside(const std::vector<PulseEntry>& others, const PulseEntry& entry) {
  for (const auto& other : others) {
    if (other.in_amperes != entry.in_amperes) {
      entry.node.fail(key_of_amplitude(entry),
                      "expected all amplitudes in volts, or all in amperes");
    }
    if (other.amplitude == entry.amplitude) {
      entry.node.fail(key_of_amplitude(entry), "stands twice");
    }
  }
}

PulseCurve read_curve(const ParameterNode& node) {
  return {node.whole_number("states", 2, kMostStates), read_nonlinearity(node, "nonlinearity"),
          node.at_least_zero("write_noise", Dimension::number)};
}

}  // namespace

void set_amplitude(const PulseShape& shape, PulseEntry& entry) {
  auto& pulse = entry.pulse;
  const double of_other = in_si(pulse.energy) / (std::abs(entry.amplitude) * in_si(shape.width));
  const double other = std::copysign(of_other, entry.amplitude);
  pulse.voltage = from_si<Voltage>(entry.in_amperes ? other : entry.amplitude);
  pulse.pulse.amplitude = from_si<Current>(entry.in_amperes ? entry.amplitude : other);
  pulse.pulse.shape = shape;
  pulse.amplitude = format_quantity(entry.amplitude, dimension_of(entry));
}

std::vector<PulseEntry> read_pulse_entries(const ParameterNode& section, const PulseShape& shape) {
  std::vector<PulseEntry> entries;
  for (const auto& node : section.items("list")) {
    PulseEntry entry{node, 0.0, node.has("current"), {}, {}};
    entry.amplitude = node.constant(key_of_amplitude(entry), dimension_of(entry));
    if (entry.amplitude == 0.0) node.fail(key_of_amplitude(entry), "expected another than 0");
    check_beside(entries, entry);
    entry.pulse.energy = node.above_zero<Energy>("energy");
    set_amplitude(shape, entry);
    if (!node.has("table") && !node.has("trains")) entry.curve = read_curve(node);
    entries.push_back(std::move(entry));
  }
  return entries;
}

double read_nonlinearity(const ParameterNode& node, const std::string& key) {
  const double nu = node.constant(key, Dimension::number);
  if (std::abs(nu) > kMostNonlinearity) {
    node.fail(key, fmt::format("expected -{0:g} to {0:g}", kMostNonlinearity));
  }
  return nu;
}

}  // namespace dwmtj
