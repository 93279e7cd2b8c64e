// SPDX-License-Identifier: Apache-2.0
// The synaptic devices of the paper's Table 1 side by side (format: docs/devices/technologies.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "common/parameter_file.h"
#include "common/units.h"

namespace dwmtj {

// One value for updates that raise the conductance, one for those that lower it.
template <typename Value>
struct UpDown {
  Value up;
  Value down;
};

enum class NoiseWord { very_low, low, medium, high };

// A fraction of the signal where the table has a number, else its word.
using Noise = std::variant<double, NoiseWord>;

struct Technology {
  std::string name;
  std::string title;
  std::string reference;
  std::string feature_size;  // as printed
  double feature_area = 0;   // m^2
  Time write_duration;
  std::optional<Time> settling_time;
  std::optional<UpDown<Voltage>> write_amplitude;  // either this ...
  std::optional<UpDown<Current>> write_current;    // ... or this
  std::optional<Energy> update_energy;             // either this ...
  std::optional<double> update_energy_per_area;    // ... or this, in J/m^2
  std::optional<UpDown<double>> linearity;
  std::string linearity_note;  // the word of the table: "tunable"
  std::optional<UpDown<long>> states;
  std::string states_note;  // the number as printed where it is a bound or rounded: "> 32"
  std::optional<Noise> read_noise;
  std::optional<Noise> write_noise;
  std::vector<Constant> constants;  // every number with its source, as written

  [[nodiscard]] Energy energy_of_update() const;
};

// devices/technologies.yaml.
std::filesystem::path technologies_file();

// Throws InputError: file:line, key, what was expected.
std::vector<Technology> load_technologies(const std::filesystem::path& file);

// Throws InputError that lists the names.
Technology find_technology(const std::vector<Technology>& technologies, const std::string& name);

std::string format_noise(const Noise& noise);  // "3.23 %" or "very low"

}  // namespace dwmtj
