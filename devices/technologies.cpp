// SPDX-License-Identifier: Apache-2.0
#include "devices/technologies.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/data_folder.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr long kMostStatesOfTable = 1000000;

// In the order of NoiseWord.
const std::vector<std::string> kNoiseWords = {"very low", "low", "medium", "high"};

std::string read_name(const ParameterNode& row) {
  auto name = row.text("name");
  const auto* const accepted = "abcdefghijklmnopqrstuvwxyz0123456789-";
  if (name.empty() || name.find_first_not_of(accepted) != std::string::npos) {
    row.fail("name", fmt::format("'{}' is not made of a-z, 0-9 and -", name));
  }
  return name;
}

std::string read_note(const ParameterNode& row, const std::string& key) {
  return row.has(key) ? row.text(key) : "";
}

// `<key>_up` and `<key>_down`: both or neither.
template <typename Value, typename Read>
std::optional<UpDown<Value>> read_up_down(const ParameterNode& row, const std::string& key,
                                          Read read) {
  const bool has_up = row.has(key + "_up");
  const bool has_down = row.has(key + "_down");
  if (!has_up && !has_down) return std::nullopt;
  return UpDown<Value>{read(row, key + "_up"), read(row, key + "_down")};
}

template <typename Quantity>
Quantity read_quantity(const ParameterNode& row, const std::string& key) {
  return row.constant<Quantity>(key);
}

double read_number(const ParameterNode& row, const std::string& key) {
  return row.constant(key, Dimension::number);
}

long read_states(const ParameterNode& row, const std::string& key) {
  return row.whole_number(key, 2, kMostStatesOfTable);
}

std::optional<Noise> read_noise(const ParameterNode& row, const std::string& key) {
  if (!row.has(key)) return std::nullopt;
  if (row.is_text(key)) return static_cast<NoiseWord>(row.choice(key, kNoiseWords));
  return row.at_least_zero(key, Dimension::number);
}

void check_one_of(const ParameterNode& row, const std::string& one, const std::string& other) {
  const bool has_one = row.has(one);
  const bool has_other = row.has(other);
  if (has_one && has_other)
    row.fail(other, fmt::format("stands beside '{}'; only one of them can", one));
  if (!has_one && !has_other) row.fail(fmt::format("missing key '{}' or '{}'", one, other));
}

void read_write_pulse(const ParameterNode& row, Technology& technology) {
  technology.write_duration = row.duration_above_zero("write_duration");
  if (row.has("settling_time")) technology.settling_time = row.duration_above_zero("settling_time");
  technology.write_amplitude =
      read_up_down<Voltage>(row, "write_amplitude", read_quantity<Voltage>);
  technology.write_current = read_up_down<Current>(row, "write_current", read_quantity<Current>);
  if (technology.write_amplitude && technology.write_current) {
    row.fail("write_current_up", "stands beside 'write_amplitude_up'; only one of them can");
  }
  if (!technology.write_amplitude && !technology.write_current) {
    row.fail("missing key 'write_amplitude_up' or 'write_current_up'");
  }
}

void read_update_energy(const ParameterNode& row, Technology& technology) {
  check_one_of(row, "update_energy", "update_energy_per_area");
  if (row.has("update_energy")) {
    technology.update_energy = row.above_zero<Energy>("update_energy");
  } else {
    technology.update_energy_per_area =
        row.above_zero("update_energy_per_area", Dimension::energy_per_area);
  }
}

void read_analog_behaviour(const ParameterNode& row, Technology& technology) {
  technology.linearity = read_up_down<double>(row, "linearity", read_number);
  technology.linearity_note = read_note(row, "linearity_note");
  technology.states = read_up_down<long>(row, "states", read_states);
  technology.states_note = read_note(row, "states_note");
  technology.read_noise = read_noise(row, "read_noise");
  technology.write_noise = read_noise(row, "write_noise");
}

Technology read_technology(const ParameterNode& row) {
  const auto constants_before = static_cast<std::ptrdiff_t>(row.constants().size());
  Technology technology{};
  technology.name = read_name(row);
  technology.title = row.text("title");
  technology.reference = row.text("reference");
  technology.feature_size = row.text("feature_size");
  technology.feature_area = row.above_zero("feature_area", Dimension::area);
  read_write_pulse(row, technology);
  read_update_energy(row, technology);
  read_analog_behaviour(row, technology);
  row.finish();
  technology.constants.assign(row.constants().begin() + constants_before, row.constants().end());
  return technology;
}

auto find_row(const std::vector<Technology>& technologies, const std::string& name) {
  return std::find_if(technologies.begin(), technologies.end(),
                      [&](const Technology& technology) { return technology.name == name; });
}

}  // namespace

Energy Technology::energy_of_update() const {
  if (update_energy) return *update_energy;
  return from_si<Energy>(update_energy_per_area.value() * feature_area);
}

std::filesystem::path technologies_file() { return data_folder("devices") / "technologies.yaml"; }

std::vector<Technology> load_technologies(const std::filesystem::path& file) {
  const auto root = ParameterNode::load(file);
  std::vector<Technology> technologies;
  for (const auto& row : root.items("technologies")) {
    auto technology = read_technology(row);
    if (find_row(technologies, technology.name) != technologies.end()) {
      row.fail("name", fmt::format("'{}' stands twice", technology.name));
    }
    technologies.push_back(std::move(technology));
  }
  root.finish();
  if (technologies.empty()) root.fail("technologies", "expected at least one row");
  return technologies;
}

Technology find_technology(const std::vector<Technology>& technologies, const std::string& name) {
  const auto row = find_row(technologies, name);
  if (row != technologies.end()) return *row;
  std::vector<std::string> names;
  names.reserve(technologies.size());
  for (const auto& technology : technologies) names.push_back(technology.name);
  throw InputError(fmt::format("unknown technology '{}'; known: {}", name, fmt::join(names, ", ")));
}

std::string format_noise(const Noise& noise) {
  if (const auto* const word = std::get_if<NoiseWord>(&noise)) {
    return kNoiseWords[static_cast<std::size_t>(*word)];
  }
  return fmt::format("{:.6g} %", 100.0 * std::get<double>(noise));
}

}  // namespace dwmtj
