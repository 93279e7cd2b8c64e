// SPDX-License-Identifier: Apache-2.0
#include "chip/chip.h"

#include "chip/chip_map.h"
#include "tile/unpowered.h"

namespace dwmtj {

using namespace chip_map;

Chip::Chip(sc_core::sc_module_name name, const ChipParameters& parameters,
           const TileParameters& tile, const DeviceModel& device, Ledger& ledger,
           const ChipOptions& options)
    : sc_module(name),
      host("host", options.timing),
      options_(options),
      host_router_(parameters.host_router),
      digital_router_(parameters.digital.router),
      interconnect_("interconnect", parameters.interconnect, ledger),
      buffer_("buffer", parameters.buffer, ledger),
      dma_("dma", parameters.dma, parameters.registers, ledger, options.timing),
      digital_("digital", parameters.digital, parameters.registers, ledger),
      unpowered_(unpowered(tile)) {
  dma_.interrupt(dma_line_);
  digital_.interrupt(digital_line_);
  add_initiator(host, parameters.host_router);
  add_initiator(dma_.port, parameters.dma.router);
  // By rising address.
  add_target(buffer_, parameters.buffer.router, kBuffer, kMostBufferBytes);
  add_target(dma_, parameters.dma.router, kDma, kDigital - kDma);
  add_target(digital_, parameters.digital.router, kDigital, kTiles - kDigital);
  add_tiles(parameters, tile, device, ledger);
}

std::unique_ptr<TileTarget> Chip::make_tile(std::size_t i, const TileParameters& tile,
                                            const DeviceModel& device, Ledger& ledger,
                                            const TlmTileOptions& options) const {
  const auto name = "tile" + std::to_string(i);
  if (options_.zoom.tiles.count(i) == 0) {
    return std::make_unique<TlmTile>(name.c_str(), tile, device, ledger, options);
  }
  return std::make_unique<PinTile>(name.c_str(), tile, device, ledger, options, options_.zoom.pins);
}

void Chip::add_tiles(const ChipParameters& parameters, const TileParameters& tile,
                     const DeviceModel& device, Ledger& ledger) {
  TlmTileOptions options;
  options.access = {parameters.registers.access_time, parameters.registers.access_energy};
  options.tile.shape = {parameters.tiles.rows, parameters.tiles.columns};
  options.tile.seed = options_.seed;
  const auto columns = static_cast<std::uint64_t>(parameters.tiles.columns);
  for (int i = 0; i < parameters.tiles.count; ++i) {
    const auto number = static_cast<std::size_t>(i);
    if (!options_.initial.empty()) options.tile.initial = options_.initial[number];
    const bool powered = number < options_.powered.value_or(tiles_.max_size());
    auto& added = tiles_.emplace_back(
        make_tile(number, powered ? tile : unpowered_, device, ledger, options));
    add_target(*added.module, parameters.tiles.router_of(i), chip_map::tile(number), kTileStride);
    // Devices and comparators of its own for each.
    options.tile.first_device += 2 * static_cast<std::uint64_t>(parameters.tiles.rows) * columns;
    options.tile.first_comparator += columns;
  }
}

std::size_t Chip::hold(const Holding& holding) {
  std::size_t moved = 0;
  for (auto& tile : tiles_) moved += tile.module->hold(holding);
  return moved;
}

void Chip::add_initiator(InitiatorPort& port, int router) {
  recorders_.push_back(
      bind_recorded(options_.recording, port.socket, interconnect_.initiators, port.name()));
  interconnect_.place_initiator(router);
}

void Chip::add_target(TimedTarget& target, int router, std::uint64_t first, std::uint64_t bytes) {
  recorders_.push_back(
      bind_recorded(options_.recording, interconnect_.targets, target.socket, target.name()));
  interconnect_.place_target(router, first, bytes);
}

}  // namespace dwmtj
