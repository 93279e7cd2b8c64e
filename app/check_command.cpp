// SPDX-License-Identifier: Apache-2.0
// `dwmtj check`: whether a tile, or those of a chip, could work at their size, and what would
// (docs/app/check.md).
#include <algorithm>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/set_option.h"
#include "architecture/architecture.h"
#include "architecture/chip_catalog.h"
#include "architecture/chip_parameters.h"
#include "common/input_error.h"
#include "tile/design_rules.h"

namespace dwmtj {
namespace {

constexpr int kWarningsStatus = 1;
constexpr int kMostSize = 65536;
constexpr int kMostRounds = 12;

struct CheckOptions {
  std::string name;
  std::vector<std::string> overrides;
  std::optional<int> rows;
  std::optional<int> columns;
};

// What is checked: a tile, of a file of its own, of a chip's or within an architecture's core, and
// a size.
enum class Owner { none, chip, core };

struct Checked {
  std::filesystem::path file;  // of a chip's tile, that of the tile
  Owner owner = Owner::none;
  TileSize size{64, 64};

  // Of a tile's key where the file that is named is its owner's.
  [[nodiscard]] std::string key(const std::string& of_tile) const {
    if (owner == Owner::none) return of_tile;
    return (owner == Owner::chip ? "tile." : "core.tile.") + of_tile;
  }
};

// A name of both catalogs would be a tile's; a file tells by its keys.
bool is_chip(const std::string& name) {
  const auto tiles = tile_names();
  if (std::find(tiles.begin(), tiles.end(), name) != tiles.end()) return false;
  if (std::filesystem::path(name).extension() != ".yaml") {
    const auto chips = chip_names(ChipKind::tiles);
    const auto cores = chip_names(ChipKind::cores);
    return std::find(chips.begin(), chips.end(), name) != chips.end() ||
           std::find(cores.begin(), cores.end(), name) != cores.end();
  }
  const auto root = ParameterNode::load(name);
  return root.has("tiles") || root.has("core");
}

bool has_tiles(const std::filesystem::path& file) {
  return ParameterNode::load(file, chip_catalog()).has("tiles");
}

Checked of_chip(const CheckOptions& options) {
  const auto file = find_chip(options.name);
  if (has_tiles(file)) {
    const SetParts set(options.overrides);
    const auto chip = ChipParameters::load(file, ParameterOverrides(set.named));
    return {chip.tiles.file, Owner::chip, {chip.tiles.rows, chip.tiles.columns}};
  }
  const auto architecture = Architecture::load(file, ParameterOverrides(options.overrides));
  const auto& core = architecture.core;
  if (!core.synapse) {
    throw InputError(
        fmt::format("{}: its core is an inventory of its own: expected one with the "
                    "circuits of a tile, a tile, or a chip of tiles",
                    file.string()));
  }
  return {file, Owner::core, {core.shape.rows, core.shape.weights_per_row()}};
}

Checked checked(const CheckOptions& options) {
  Checked checked;
  if (is_chip(options.name)) {
    checked = of_chip(options);
  } else {
    checked.file = find_tile(options.name);
  }
  checked.size.rows = options.rows.value_or(checked.size.rows);
  checked.size.columns = options.columns.value_or(checked.size.columns);
  return checked;
}

TileParameters load_tile(const Checked& input, const std::vector<std::string>& overrides) {
  if (input.owner == Owner::core) {
    return Architecture::load(input.file, ParameterOverrides(overrides)).core.synapse->tile;
  }
  const SetParts set(overrides);
  return TileParameters::load(input.file, input.owner == Owner::chip ? ParameterOverrides(set.tile)
                                                                     : set.over_named_tile());
}

std::vector<std::string> over_device(const Checked& input,
                                     const std::vector<std::string>& overrides) {
  if (input.owner == Owner::core) return {};  // its file has no device of its own
  return SetParts(overrides).device;
}

struct Verdict {
  TileParameters tile;
  DeviceModel device;
  std::vector<DesignWarning> warnings;

  Verdict(const Checked& input, const std::vector<std::string>& overrides)
      : tile(load_tile(input, overrides)),
        device(tile.load_device(ParameterOverrides(over_device(input, overrides)))),
        warnings(check_design(tile, device, input.size)) {
    tile.check_device(device);
  }
};

// Changes upon changes, a key once.
void add_changes(const std::vector<DesignWarning>& warnings, std::vector<DesignChange>& changes) {
  for (const auto& warning : warnings) {
    for (const auto& change : warning.fits) {
      const auto known = std::find_if(changes.begin(), changes.end(),
                                      [&](const auto& other) { return other.key == change.key; });
      if (known == changes.end()) {
        changes.push_back(change);
      } else {
        known->value = change.value;
      }
    }
  }
}

struct Changed {
  Checked input;
  std::vector<std::string> overrides;
};

Changed with(const std::vector<DesignChange>& changes, Changed base) {
  for (const auto& [key, value] : changes) {
    if (key == "rows") {
      base.input.size.rows = std::stoi(value);
    } else if (key == "columns") {
      base.input.size.columns = std::stoi(value);
    } else {
      base.overrides.push_back(fmt::format("{}={}", base.input.key(key), value));
    }
  }
  return base;
}

// Whether their files let the values be.
bool accepted(const std::vector<DesignChange>& changes, const Changed& base) {
  const auto changed = with(changes, base);
  try {
    load_tile(changed.input, changed.overrides);
    return true;
  } catch (const InputError&) {
    return false;
  }
}

// All changes together, and what they make necessary in turn, until nothing is left; nullopt where
// that does not come about.
std::optional<std::vector<DesignChange>> that_fit(const std::vector<DesignWarning>& warnings,
                                                  const Changed& base) {
  std::vector<DesignChange> changes;
  auto left = warnings;
  for (int round = 0; round < kMostRounds; ++round) {
    const bool mute = std::any_of(left.begin(), left.end(),
                                  [](const auto& warning) { return warning.fits.empty(); });
    if (mute) return std::nullopt;
    add_changes(left, changes);
    const auto changed = with(changes, base);
    try {
      left = Verdict(changed.input, changed.overrides).warnings;
    } catch (const InputError&) {  // a value beyond what its file lets it be
      return std::nullopt;
    }
    if (left.empty()) return changes;
  }
  return std::nullopt;
}

std::string command_of(const CheckOptions& options, const Checked& input,
                       const std::vector<DesignChange>& changes) {
  std::string command = "dwmtj check " + options.name;
  const auto has = [&](const std::string& key) {
    return std::any_of(changes.begin(), changes.end(),
                       [&](const auto& change) { return change.key == key; });
  };
  if (options.rows && !has("rows")) command += fmt::format(" --rows {}", *options.rows);
  if (options.columns && !has("columns")) command += fmt::format(" --columns {}", *options.columns);
  for (const auto& override : options.overrides) {
    const auto key = override.substr(0, override.find('='));
    const bool replaced = std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
      return input.key(change.key) == key;
    });
    if (!replaced) command += fmt::format(" --set '{}'", override);
  }
  for (const auto& change : changes) {
    command += change.of_size()
                   ? fmt::format(" --{} {}", change.key, change.value)
                   : fmt::format(" --set '{}={}'", input.key(change.key), change.value);
  }
  return command;
}

JsonObject json_of(const DesignWarning& warning) {
  JsonObject fits;
  for (const auto& [key, value] : warning.fits) fits.set(key, value);
  JsonObject json;
  json.set("rule", warning.rule).set("text", warning.text).set("fits", fits);
  return json;
}

void print_warnings(const CheckOptions& options, const Checked& input, const Verdict& verdict,
                    JsonObject& found) {
  for (const auto& [rule, text, fits] : verdict.warnings) {
    fmt::print("\n{}: {}\n", rule, text);
    if (fits.empty()) {
      fmt::print("  fits: nothing in this tile\n");
    } else {
      fmt::print("  fits: {}\n", changes_text(fits));
    }
  }
  const auto count = verdict.warnings.size();
  fmt::print("\n{} warning{}", count, count == 1 ? "" : "s");
  if (const auto changes = that_fit(verdict.warnings, {input, options.overrides})) {
    const auto mended = command_of(options, input, *changes);
    found.set("none_with", mended);
    fmt::print("; none with\n  {}\n", mended);
  } else {
    fmt::print("; no such changes leave none: another device, or another tile\n");
  }
}

int run_check(const CheckOptions& options, JsonObject& found) {
  const auto input = checked(options);
  Verdict verdict(input, options.overrides);
  for (auto& warning : verdict.warnings) {
    if (!accepted(warning.fits, {input, options.overrides})) warning.fits.clear();
  }
  fmt::print("{}, {} x {} pairs of '{}'{}\n", verdict.tile.name, input.size.rows,
             input.size.columns, verdict.device.parameters().name,
             verdict.tile.as_measured ? ", circuits as measured" : "");
  std::vector<JsonObject> warnings;
  for (const auto& warning : verdict.warnings) warnings.push_back(json_of(warning));
  found.set("tile", verdict.tile.name)
      .set("rows", input.size.rows)
      .set("columns", input.size.columns)
      .set("warnings", warnings);
  if (verdict.warnings.empty()) {
    fmt::print("no warning\n");
    return 0;
  }
  print_warnings(options, input, verdict, found);
  return kWarningsStatus;
}

}  // namespace

void add_check_command(CLI::App& app, const CommandLine& line) {
  auto* const command =
      app.add_subcommand("check", "Whether a tile could work at its size, and what would.");
  const auto options = std::make_shared<CheckOptions>();
  command
      ->add_option("tile", options->name,
                   "A tile or a chip of the catalogs (dwmtj tiles, chips), or a .yaml file")
      ->required();
  command->add_option("--rows", options->rows, "Of the array [64, or the chip's]")
      ->check(CLI::Range(1, kMostSize));
  command->add_option("--columns", options->columns, "Of pairs [64, or the chip's]")
      ->check(CLI::Range(1, kMostSize));
  add_set_option(*command, options->overrides,
                 "tile's or chip's (tile.KEY of its tile's, device.KEY of its device's)");
  command->footer(
      "Examples:\n  dwmtj check straight-65nm\n  dwmtj check mesh-16\n"
      "  dwmtj check straight-65nm --rows 1024 --set 'read.voltage=0.5 V'");
  command->callback([options, line] { *line.status = run_check(*options, *line.found); });
}

}  // namespace dwmtj
