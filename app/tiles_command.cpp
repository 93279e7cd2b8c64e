// SPDX-License-Identifier: Apache-2.0
// `dwmtj tiles`: the tiles of the catalog, and where every number of one comes from.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/constants_table.h"
#include "app/set_option.h"
#include "tile/tile_parameters.h"

namespace dwmtj {
namespace {

void list_tiles(JsonObject& found) {
  std::vector<JsonObject> rows;
  fmt::print("{:<19} {:<18} {:>8}  {}\n", "name", "device", "clock", "title");
  for (const auto& name : tile_names()) {
    const auto tile = TileParameters::load(find_tile(name));
    fmt::print("{:<19} {:<18} {:>8}  {}\n", tile.name, tile.device,
               format_quantity(tile.timing.clock_period), tile.title);
    rows.emplace_back()
        .set("name", tile.name)
        .set("title", tile.title)
        .set("device", tile.device)
        .set("clock_s", in_si(tile.timing.clock_period));
  }
  found.set("tiles", rows);
}

void explain_tile(const std::string& name, const std::vector<std::string>& overrides,
                  JsonObject& found) {
  const auto tile = TileParameters::load(find_tile(name), ParameterOverrides(overrides));
  fmt::print("{}: {}\n{}\ndevice {}\n", tile.name, tile.title, tile.file.string(), tile.device);
  print_constants(tile.constants);
  found.set("name", tile.name)
      .set("title", tile.title)
      .set("file", tile.file.string())
      .set("device", tile.device)
      .set("constants", constants_json(tile.constants));
}

}  // namespace

void add_tiles_command(CLI::App& app, const CommandLine& line) {
  auto* const command =
      app.add_subcommand("tiles", "List the tiles, or explain one with its sources.");
  const auto name = std::make_shared<std::string>();
  const auto overrides = std::make_shared<std::vector<std::string>>();
  auto* const argument =
      command->add_option("tile", *name, "A tile of the catalog (see dwmtj tiles) or a .yaml file");
  add_set_option(*command, *overrides, "tile")->needs(argument);
  command->footer("Examples:\n  dwmtj tiles\n  dwmtj tiles straight");
  command->callback([name, overrides, line] {
    name->empty() ? list_tiles(*line.found) : explain_tile(*name, *overrides, *line.found);
  });
}

}  // namespace dwmtj
