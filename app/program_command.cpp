// SPDX-License-Identifier: Apache-2.0
// `dwmtj program`: write-verify of a whole tile to random levels, in bulk, and how well it went.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/design_warnings.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "arrays/write_study.h"
#include "devices/spread_scale.h"

namespace dwmtj {
namespace {

constexpr int kMostRows = 65536;

struct ProgramOptions {
  std::string tile;
  std::vector<std::string> overrides;
  int rows = 512;
  int columns = 512;
  double spread_scale = 1.0;
  std::uint64_t seed = 1;
};

DeviceParameters device_of(const TileParameters& tile, double spread_scale) {
  auto device = tile.load_device();
  scale_spreads(device, spread_scale);
  return device;
}

void print_row(const std::string& level, const std::string& target, const WriteStatistics& row) {
  if (row.devices == 0) return;
  fmt::print("{:<6} {:>10} {:>9} {:>8.3f} {:>9.3f} {:>8} {:>12} {:>13}\n", level, target,
             row.devices, row.each(row.pulses), row.each(row.attempts), row.flagged,
             row.wrong_sites, format_quantity(row.rms_error()));
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

void program(const ProgramOptions& options) {
  const auto parameters =
      TileParameters::load(find_tile(options.tile), ParameterOverrides(options.overrides));
  const DeviceModel device(device_of(parameters, options.spread_scale));
  Ledger ledger;
  BulkTile tile("tile0", parameters, device, ledger,
                {{options.rows, options.columns}, options.seed});
  warn_of_design(parameters, device, {options.rows, options.columns});
  const auto wanted = random_levels(tile.array().devices().size(), device.sites(), options.seed);
  const auto result = tile.program_array(wanted);
  fmt::print("{}: {} x {} pairs of '{}' to random levels, seed {}, {:g} times the spread\n",
             parameters.name, options.rows, options.columns, device.parameters().name, options.seed,
             options.spread_scale);
  print_statistics(tile, write_statistics(tile, wanted, result));
  if (!parameters.stuck.none()) print_stuck(tile, wanted, result);
  fmt::print("{} and {}, leakage not counted\n", format_quantity(to_time(tile.now())),
             format_quantity(ledger.posted()));
}

}  // namespace

void add_program_command(CLI::App& app, const CommandLine&) {
  auto* const command = app.add_subcommand(
      "program", "Write a tile of devices to random levels in bulk, and say how well it went.");
  const auto options = std::make_shared<ProgramOptions>();
  command->add_option("tile", options->tile, "A tile of the catalog or a .yaml file")->required();
  add_set_option(*command, options->overrides, "tile");
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
  command->footer(
      "Examples:\n  dwmtj program straight-16\n  dwmtj program straight-16 --spread-scale 10");
  command->callback([options] { program(*options); });
}

}  // namespace dwmtj
