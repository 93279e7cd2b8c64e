// SPDX-License-Identifier: Apache-2.0
// `dwmtj program`: write-verify of a whole tile to random levels, in bulk, and how well it went.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/design_warnings.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "app/state_options.h"
#include "arrays/state_file.h"
#include "arrays/write_study.h"
#include "common/interrupt.h"
#include "devices/spread_scale.h"

namespace dwmtj {
namespace {

constexpr int kMostRows = 65536;

struct ProgramOptions {
  std::string tile;
  std::vector<std::string> overrides;
  int rows = 64;
  int columns = 64;
  double spread_scale = 1.0;
  std::uint64_t seed = 1;
  StateOptions states;
};

DeviceParameters device_of(const TileParameters& tile, const ProgramOptions& options) {
  auto device = tile.load_device(ParameterOverrides(SetParts(options.overrides).device));
  scale_spreads(device, options.spread_scale);
  return device;
}

void print_row(const std::string& level, const std::string& target, const WriteStatistics& row) {
  if (row.devices == 0) return;
  fmt::print("{:<6} {:>10} {:>9} {:>8.3f} {:>9.3f} {:>8} {:>12} {:>13}\n", level, target,
             row.devices, row.each(row.pulses), row.each(row.attempts), row.flagged,
             row.wrong_sites, format_quantity(row.rms_error()));
}

JsonObject row_json(const std::string& level, const WriteStatistics& row) {
  JsonObject json;
  json.set("level", level)
      .set("devices", row.devices)
      .set("pulses", row.pulses)
      .set("attempts", row.attempts)
      .set("flagged", row.flagged)
      .set("wrong_sites", row.wrong_sites)
      .set("rms_error_S", in_si(row.rms_error()));
  return json;
}

std::vector<JsonObject> json_of(const std::vector<WriteStatistics>& levels) {
  std::vector<JsonObject> rows;
  WriteStatistics all;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    rows.push_back(row_json(std::to_string(level), levels[level]));
    all.add(levels[level]);
  }
  rows.push_back(row_json("all", all));
  return rows;
}

void print_statistics(const BulkTile& tile, const std::vector<WriteStatistics>& levels) {
  fmt::print("\n{:<6} {:>10} {:>9} {:>8} {:>9} {:>8} {:>12} {:>13}\n", "level", "target", "devices",
             "pulses", "attempts", "flagged", "wrong sites", "rms error");
  WriteStatistics all;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const auto target = tile.device().readout().level_conductance(static_cast<int>(level));
    print_row(std::to_string(level), format_quantity(target), levels[level]);
    all.add(levels[level]);
  }
  print_row("all", "", all);
  fmt::print("flagged {:.2g} of the devices, walls on wrong sites {:.2g}\n", all.each(all.flagged),
             all.each(all.wrong_sites));
}

void print_stuck(const BulkTile& tile, const std::vector<std::int16_t>& wanted,
                 const ArrayResult& result) {
  const auto& devices = tile.array().devices();
  int stuck = 0;
  int flagged = 0;
  int at_level = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!devices.stuck(i)) continue;
    ++stuck;
    flagged += result.flagged[i];
    at_level += devices.site(i) == wanted[i] ? 1 : 0;
  }
  fmt::print("stuck {}: {} of them flagged, {} at the level wanted\n", stuck, flagged, at_level);
}

int program(const ProgramOptions& options, JsonObject& found) {
  const auto parameters =
      TileParameters::load(find_tile(options.tile), SetParts(options.overrides).over_named_tile());
  const DeviceModel device(device_of(parameters, options));
  const StateOwner owner{device, {options.rows, options.columns}, options.seed, 1};
  std::vector<TileState> states;
  if (!options.states.load.empty()) states = read_states(options.states.load, owner);
  const auto saved = open_states(options.states);
  BulkTileOptions tile_options;
  tile_options.shape = owner.shape;
  tile_options.seed = options.seed;
  if (!states.empty()) tile_options.initial = &states.front();
  Ledger ledger;
  BulkTile tile("tile0", parameters, device, ledger, tile_options);
  warn_of_design(parameters, device, {options.rows, options.columns});
  const auto wanted = random_levels(tile.array().devices().size(), device.sites(), options.seed);
  const auto result = tile.program_array(wanted);
  if (interrupted()) return kInterruptedStatus;
  fmt::print("{}: {} x {} pairs of '{}' to random levels, seed {}, {:g} times the spread\n",
             parameters.name, options.rows, options.columns, device.parameters().name, options.seed,
             options.spread_scale);
  const auto levels = write_statistics(tile, wanted, result);
  print_statistics(tile, levels);
  if (!parameters.stuck.none()) print_stuck(tile, wanted, result);
  fmt::print("{} and {}, leakage not counted\n", format_quantity(to_time(tile.now())),
             format_quantity(ledger.posted()));
  found.set("levels", json_of(levels))
      .set("time_s", in_si(to_time(tile.now())))
      .set("energy_J", in_si(ledger.posted()));
  if (saved == nullptr) return 0;
  write_states(owner, {tile.state()}, *saved);
  saved->commit();
  fmt::print("states in {}\n", options.states.save);
  return 0;
}

}  // namespace

void add_program_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand(
      "program", "Write a tile of devices to random levels in bulk, and say how well it went.");
  const auto options = std::make_shared<ProgramOptions>();
  command->add_option("tile", options->tile, "A tile of the catalog or a .yaml file")->required();
  add_set_option(*command, options->overrides, "tile (device.KEY: of its device)");
  command->add_option("--rows", options->rows, "Rows of pairs")
      ->check(CLI::Range(1, kMostRows))
      ->capture_default_str();
  command->add_option("--columns", options->columns, "Columns of pairs")
      ->check(CLI::Range(1, kMostRows))
      ->capture_default_str();
  command
      ->add_option("--spread-scale", options->spread_scale,
                   "Times the spread that the device file gives for each level")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  add_seed_option(*command, options->seed);
  add_state_options(*command, options->states);
  command->footer(
      "Examples:\n  dwmtj program straight-16\n  dwmtj program straight-16 --spread-scale 10\n"
      "  dwmtj program straight --rows 64 --columns 64 --save-state straight.states");
  command->callback([options, line] { *line.status = program(*options, *line.found); });
}

}  // namespace dwmtj
