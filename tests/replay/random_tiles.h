// SPDX-License-Identifier: Apache-2.0
// Tiles of both kinds in many shapes, each with a random trace of its own.
#pragma once

#include <algorithm>
#include <array>

#include "architecture/chip_parameters.h"
#include "replay/replay_tile.h"
#include "tests/support/catalog_model.h"
#include "traces/random_trace.h"

namespace dwmtj::test {

inline const TileParameters& catalog_tile(const std::string& name) {
  static std::map<std::string, TileParameters> tiles;
  const auto known = tiles.find(name);
  if (known != tiles.end()) return known->second;
  return tiles.emplace(name, TileParameters::load(find_tile(name))).first->second;
}

// The devices of a tile, as its cells show them.
inline const DeviceModel& model_of(const TileParameters& tile) {
  static std::map<std::string, DeviceModel> models;
  const auto known = models.find(tile.name);
  if (known != models.end()) return known->second;
  return models.try_emplace(tile.name, tile.load_device()).first->second;
}

// Devices and write drivers of which no two are alike, and some devices are stuck.
inline const TileParameters& faulty_tile() {
  static const TileParameters kFaulty = [] {
    auto tile = catalog_tile("straight-16-varied");
    tile.stuck.rate = 0.1;
    tile.driver.mismatch = {0.02, 0.05};
    tile.driver.bias = from_si<Current>(1e-6);
    tile.driver.asymmetry = 1.2;
    tile.verify.pulses = 60;
    return tile;
  }();
  return kFaulty;
}

// Of devices that are known by a table of two pulses.
inline const TileParameters& measured_tile() {
  static const TileParameters kMeasured = [] {
    auto tile = catalog_tile("scaled-50nm-table");
    tile.verify.pulses = 60;
    return tile;
  }();
  return kMeasured;
}

// Lines that matter, and readings whose noise does.
inline TileParameters wired(TileParameters tile) {
  tile.wires = {false,
                0.5 * si::ohms,
                0.2 * si::ohms,
                from_si<Capacitance>(0.3e-15),
                from_si<Capacitance>(0.3e-15),
                5.0 * si::ohms,
                2.0 * si::ohms};
  tile.timing.read_settle = from_si<Time>(0.9e-9);
  return tile;
}
inline const TileParameters& wired_tile(const std::string& name) {
  static std::map<std::string, TileParameters> tiles;
  const auto known = tiles.find(name);
  if (known != tiles.end()) return known->second;
  auto tile = wired(name == "faulty" ? faulty_tile() : catalog_tile(name));
  tile.verify.pulses = 60;  // levels that wires hide are never found
  return tiles.emplace(name, tile).first->second;
}

inline ReplayTile random_tile(const TileParameters& parameters, ArrayShape shape,
                              std::uint64_t instance, std::size_t commands) {
  const auto& device = model_of(parameters);
  RandomTraceOptions options;
  options.instance = instance;
  options.rows = shape.rows;
  options.columns = shape.columns;
  options.levels = device.sites();
  options.largest_code = parameters.largest_code();
  options.sum_bits = parameters.sum_reference.bits;
  options.commands = commands;
  options.illegal = 0.1;
  BulkTileOptions tile;
  tile.shape = shape;
  tile.seed = 100 + instance;
  return {&parameters, &device, tile, TraceEntries(random_trace(tile.seed, options))};
}

inline std::vector<ReplayTile> random_tiles(std::size_t count, std::size_t commands) {
  constexpr std::array<ArrayShape, 6> kShapes = {{{1, 1}, {1, 9}, {7, 1}, {3, 4}, {5, 8}, {8, 17}}};
  std::vector<ReplayTile> tiles;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& tile = i % 16 == 4    ? faulty_tile()
                       : i % 16 == 12 ? wired_tile("faulty")
                       : i % 16 == 10 ? measured_tile()
                       : i % 16 == 2  ? catalog_tile("straight-65nm")
                       : i % 16 == 5  ? catalog_tile("trapezoidal-65nm")
                       : i % 8 == 1 || i % 8 == 6
                           ? wired_tile(i % 2 == 0 ? kStraight : kTrapezoid)
                           : catalog_tile(i % 2 == 0 ? kStraight : kTrapezoid);
    tiles.push_back(random_tile(tile, kShapes[i / 2 % 6], i, commands));
  }
  number_instances(tiles);
  return tiles;
}

// The tiles of a chip, trapezoidal ones of the same seed.
inline std::vector<ReplayTile> random_tiles(const ChipParameters& chip, std::size_t commands) {
  std::vector<ReplayTile> tiles;
  for (int i = 0; i < chip.tiles.count; ++i) {
    tiles.push_back(random_tile(catalog_tile(kTrapezoid), {chip.tiles.rows, chip.tiles.columns},
                                static_cast<std::uint64_t>(i), commands));
    tiles.back().options.seed = 7;
  }
  number_instances(tiles);
  return tiles;
}

}  // namespace dwmtj::test
