// SPDX-License-Identifier: Apache-2.0
// `dwmtj chips`: the chips of tiles in the catalog, and where every number of one comes from.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/constants_table.h"
#include "app/set_option.h"
#include "architecture/chip_catalog.h"
#include "architecture/chip_parameters.h"

namespace dwmtj {
namespace {

std::string pairs(const TileSetParameters& tiles) {
  return fmt::format("{} x {}", tiles.rows, tiles.columns);
}

void list_chips(JsonObject& found) {
  std::vector<JsonObject> rows;
  fmt::print("{:<16} {:>8} {:>12} {:>8}  {}\n", "name", "tiles", "pairs", "routers", "title");
  for (const auto& name : chip_names(ChipKind::tiles)) {
    const auto chip = ChipParameters::load(find_chip(name));
    fmt::print("{:<16} {:>8} {:>12} {:>8}  {}\n", chip.name, chip.tiles.count, pairs(chip.tiles),
               chip.interconnect.topology.routers(), chip.title);
    rows.emplace_back()
        .set("name", chip.name)
        .set("title", chip.title)
        .set("tiles", chip.tiles.count)
        .set("rows", chip.tiles.rows)
        .set("columns", chip.tiles.columns)
        .set("routers", chip.interconnect.topology.routers());
  }
  found.set("chips", rows);
}

void explain_chip(const std::string& name, const std::vector<std::string>& overrides,
                  JsonObject& found) {
  const auto chip = ChipParameters::load(find_chip(name), ParameterOverrides(overrides));
  fmt::print("{}: {}\n{}\n{} tiles of {} pairs, {}\n", chip.name, chip.title, chip.file.string(),
             chip.tiles.count, pairs(chip.tiles), chip.tiles.file.stem().string());
  print_constants(chip.constants);
  found.set("name", chip.name)
      .set("title", chip.title)
      .set("file", chip.file.string())
      .set("tiles", chip.tiles.count)
      .set("rows", chip.tiles.rows)
      .set("columns", chip.tiles.columns)
      .set("tile", chip.tiles.file.stem().string())
      .set("constants", constants_json(chip.constants));
}

}  // namespace

void add_chips_command(CLI::App& app, const CommandLine& line) {
  auto* const command =
      app.add_subcommand("chips", "List the chips of tiles, or explain one with its sources.");
  const auto name = std::make_shared<std::string>();
  const auto overrides = std::make_shared<std::vector<std::string>>();
  auto* const argument =
      command->add_option("chip", *name, "A chip of the catalog (see dwmtj chips) or a .yaml file");
  add_set_option(*command, *overrides, "chip")->needs(argument);
  command->footer("Examples:\n  dwmtj chips\n  dwmtj chips mesh-16");
  command->callback([name, overrides, line] {
    name->empty() ? list_chips(*line.found) : explain_chip(*name, *overrides, *line.found);
  });
}

}  // namespace dwmtj
