// SPDX-License-Identifier: Apache-2.0
// `dwmtj technologies`: Table 1 of the paper.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
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

// Every column of the table, in its order.
void list_technologies() {
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
  }
}

void explain_technology(const std::string& name) {
  const auto row = find_technology(load_technologies(technologies_file()), name);
  fmt::print("{}: {}\n{}\nfeature size as printed: {}\n\n", row.name, row.title, row.reference,
             row.feature_size);
  for (const auto& constant : row.constants) {
    fmt::print("{:<36} {:<16} {:<28} {}\n", constant.path, constant.value, constant.range,
               constant.source);
  }
}

}  // namespace

void add_technologies_command(CLI::App& app, const CommandLine&) {
  auto* const command = app.add_subcommand(
      "technologies", "List the synaptic technologies of Table 1, or one with its sources.");
  const auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "A technology of the list");
  command->footer(
      "Examples:\n"
      "  dwmtj technologies\n"
      "  dwmtj technologies dw-mtj");
  command->callback([name] {
    if (name->empty()) {
      list_technologies();
    } else {
      explain_technology(*name);
    }
  });
}

}  // namespace dwmtj
