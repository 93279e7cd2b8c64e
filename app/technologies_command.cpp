// SPDX-License-Identifier: Apache-2.0
// `dwmtj technologies`: Table 1 of the paper.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/constants_table.h"
#include "devices/technologies.h"

namespace dwmtj {
namespace {

template <typename Quantity>
std::string amplitude(const UpDown<Quantity>& pair) {
  return fmt::format("{} / {}", format_quantity(pair.up), format_quantity(pair.down));
}

std::string linearity(const Technology& row) {
  if (!row.linearity_note.empty()) return row.linearity_note;
  if (!row.linearity) return "-";
  return fmt::format("{:+g} / {:+g}", row.linearity->up, row.linearity->down);
}

std::string noise(const std::optional<Noise>& noise) { return noise ? format_noise(*noise) : "-"; }

template <typename Value>
void set_pair(JsonObject& json, const std::string& quantity, const std::string& unit,
              const UpDown<Value>& pair) {
  json.set(quantity + "_up" + unit, in_si(pair.up))
      .set(quantity + "_down" + unit, in_si(pair.down));
}

// What the table does not give is not there.
JsonObject technology_json(const Technology& row) {
  JsonObject json;
  json.set("name", row.name)
      .set("title", row.title)
      .set("feature_size", row.feature_size)
      .set("write_s", in_si(row.write_duration))
      .set("update_J", in_si(row.energy_of_update()));
  if (row.settling_time) json.set("settling_s", in_si(*row.settling_time));
  if (row.write_amplitude) set_pair(json, "amplitude", "_V", *row.write_amplitude);
  if (row.write_current) set_pair(json, "amplitude", "_A", *row.write_current);
  if (row.linearity) {
    json.set("linearity_up", row.linearity->up).set("linearity_down", row.linearity->down);
  }
  if (row.states) json.set("states_up", row.states->up).set("states_down", row.states->down);
  if (row.read_noise) json.set("read_noise", format_noise(*row.read_noise));
  if (row.write_noise) json.set("write_noise", format_noise(*row.write_noise));
  return json;
}

// Every column of the table, in its order.
void list_technologies(JsonObject& found) {
  std::vector<JsonObject> rows;
  constexpr auto kRow = "{:<16} {:<30} {:<30} {:<9} {:<9} {:<20} {:<9} {:<15} {:<10} {:<11} {}\n";
  fmt::print(kRow, "name", "title", "feature size", "write", "settling", "amplitude up / down",
             "update", "linearity", "states", "read noise", "write noise");
  for (const auto& row : load_technologies(technologies_file())) {
    const auto states = !row.states_note.empty() ? row.states_note
                        : row.states ? fmt::format("{} / {}", row.states->up, row.states->down)
                                     : "-";
    fmt::print(
        kRow, row.name, row.title, row.feature_size, format_quantity(row.write_duration),
        row.settling_time ? format_quantity(*row.settling_time) : "-",
        row.write_amplitude ? amplitude(*row.write_amplitude) : amplitude(*row.write_current),
        format_quantity(row.energy_of_update()), linearity(row), states, noise(row.read_noise),
        noise(row.write_noise));
    rows.push_back(technology_json(row));
  }
  found.set("technologies", rows);
}

void explain_technology(const std::string& name, JsonObject& found) {
  const auto row = find_technology(load_technologies(technologies_file()), name);
  fmt::print("{}: {}\n{}\nfeature size as printed: {}\n\n", row.name, row.title, row.reference,
             row.feature_size);
  for (const auto& constant : row.constants) {
    fmt::print("{:<36} {:<16} {:<28} {}\n", constant.path, constant.value, constant.range,
               constant.source);
  }
  found = technology_json(row);
  found.set("reference", row.reference).set("constants", constants_json(row.constants));
}

}  // namespace

void add_technologies_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand(
      "technologies", "List the synaptic technologies of Table 1, or one with its sources.");
  const auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "A technology of the list");
  command->footer(
      "Examples:\n"
      "  dwmtj technologies\n"
      "  dwmtj technologies dw-mtj");
  command->callback([name, line] {
    if (name->empty()) {
      list_technologies(*line.found);
    } else {
      explain_technology(*name, *line.found);
    }
  });
}

}  // namespace dwmtj
