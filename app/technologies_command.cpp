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

void list_technologies() {
  fmt::print("{:<16} {:<30} {:<9} {:<20} {:<9} {:<10} {}\n", "name", "title", "write",
             "amplitude up / down", "update", "states", "write noise");
  for (const auto& row : load_technologies(technologies_file())) {
    const auto states = !row.states_note.empty() ? row.states_note
                        : row.states ? fmt::format("{} / {}", row.states->up, row.states->down)
                                     : "-";
    fmt::print(
        "{:<16} {:<30} {:<9} {:<20} {:<9} {:<10} {}\n", row.name, row.title,
        format_quantity(row.write_duration),
        row.write_amplitude ? amplitude(*row.write_amplitude) : amplitude(*row.write_current),
        format_quantity(row.energy_of_update()), states,
        row.write_noise ? format_noise(*row.write_noise) : "-");
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
