// SPDX-License-Identifier: Apache-2.0
// `dwmtj tiles`: the tiles of the catalog, and where every number of one comes from.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/constants_table.h"
#include "app/set_option.h"
#include "tile/driver_linearity.h"
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

// Nothing of drivers that are alike.
void explain_drivers(const TileParameters& tile, JsonObject& found) {
  if (!tile.driver.mismatch.any()) return;
  constexpr int kColumns = 1000;
  const auto of = linearity_of(tile, kColumns, 1);
  fmt::print("\nwrite drivers of {} columns, seed 1\n", kColumns);
  fmt::print("gain             {:.2f} % rms\n", 100.0 * of.gain);
  fmt::print("INL, worst code  {:.2f} codes in the mean, {:.2f} at most\n", of.mean_inl,
             of.worst_inl);
  fmt::print("DNL, worst step  {:.2f} codes in the mean, {:.2f} at most\n", of.mean_dnl,
             of.worst_dnl);
  fmt::print("not monotonic    {:.1f} % of columns\n", 100.0 * of.falling);
  found.set("drivers", JsonObject()
                           .set("gain", of.gain)
                           .set("inl_mean", of.mean_inl)
                           .set("inl_worst", of.worst_inl)
                           .set("dnl_mean", of.mean_dnl)
                           .set("dnl_worst", of.worst_dnl)
                           .set("not_monotonic", of.falling));
}

void explain_tile(const std::string& name, const std::vector<std::string>& overrides,
                  JsonObject& found) {
  const auto tile = TileParameters::load(find_tile(name), ParameterOverrides(overrides));
  fmt::print("{}: {}\n{}\ndevice {}\n", tile.name, tile.title, tile.file.string(), tile.device);
  print_constants(tile.constants);
  explain_drivers(tile, found);
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
