// SPDX-License-Identifier: Apache-2.0
#include "devices/technology_row.h"

#include <cmath>

#include "common/input_error.h"

namespace dwmtj {
namespace {

Technology technology_of(const ParameterNode& root) {
  const auto name = root.text("technology");
  try {
    return find_technology(load_technologies(technologies_file()), name);
  } catch (const InputError& error) {
    root.fail("technology", error.what());
  }
}

// The table has numbers or words.
std::optional<double> number_of(const std::optional<Noise>& noise) {
  if (!noise || !std::holds_alternative<double>(*noise)) return std::nullopt;
  return std::get<double>(*noise);
}

template <typename Value>
Value of(const UpDown<Value>& both, bool upwards) {
  return upwards ? both.up : both.down;
}

}  // namespace

TechnologyRow::TechnologyRow(const ParameterNode& root) : row_(technology_of(root)) {}

Time TechnologyRow::settling_time() const { return row_.settling_time.value_or(0.0 * si::seconds); }

std::optional<double> TechnologyRow::read_noise() const { return number_of(row_.read_noise); }

std::vector<PulseEntry> TechnologyRow::entries(const ParameterNode& section,
                                               const PulseShape& shape) const {
  std::vector<PulseEntry> entries;
  const double noise = write_noise(section);
  for (const bool upwards : {true, false}) {
    PulseEntry entry{section, amplitude(upwards), row_.write_current.has_value(), {}, {}};
    entry.pulse.energy = row_.energy_of_update();
    set_amplitude(shape, entry);
    entry.curve = curve(section, upwards);
    entry.curve->write_noise = noise;
    entries.push_back(std::move(entry));
  }
  return entries;
}

// Which sign the table gives to which direction differs from row to row; ours is fixed.
double TechnologyRow::amplitude(bool upwards) const {
  const double printed = row_.write_current ? in_si(of(*row_.write_current, upwards))
                                            : in_si(of(*row_.write_amplitude, upwards));
  return upwards ? std::abs(printed) : -std::abs(printed);
}

PulseCurve TechnologyRow::curve(const ParameterNode& section, bool upwards) const {
  const std::string end = upwards ? "_up" : "_down";
  PulseCurve curve{};
  curve.states = row_.states ? of(*row_.states, upwards)
                             : section.whole_number("states" + end, 2, kMostStates);
  // Depression has the sign of the table reversed.
  const double printed =
      row_.linearity ? of(*row_.linearity, upwards) : read_nonlinearity(section, "linearity" + end);
  curve.nonlinearity = upwards ? printed : -printed;
  return curve;
}

double TechnologyRow::write_noise(const ParameterNode& section) const {
  const auto printed = number_of(row_.write_noise);
  return printed ? *printed : section.at_least_zero("write_noise", Dimension::number);
}

}  // namespace dwmtj
