// SPDX-License-Identifier: Apache-2.0
#include "architecture/chip_parameters.h"

#include <fmt/format.h>

#include "architecture/chip_catalog.h"
#include "tile/tile_parameters.h"

namespace dwmtj {
namespace {

constexpr int kMostTiles = 65536;
constexpr int kMostRows = 1024;
constexpr int kMostBufferBytes = 0x4000'0000;
constexpr int kMostEntries = 0x100'0000;
constexpr int kMostWidth = 65536;

RegisterParameters read_registers(const ParameterNode& node) {
  RegisterParameters registers{};
  registers.access_time = node.duration_above_zero("access_time");
  registers.access_energy = node.at_least_zero<Energy>("access_energy");
  node.finish();
  return registers;
}

// Of the interconnect that `topology` describes.
int read_router(const ParameterNode& node, const std::string& key, const Topology& topology) {
  return node.integer(key, 0, topology.routers() - 1);
}

int read_host(const ParameterNode& node, const Topology& topology) {
  const int router = read_router(node, "router", topology);
  node.finish();
  return router;
}

TileSetParameters read_tiles(const ParameterNode& node, const Topology& topology) {
  TileSetParameters tiles{};
  tiles.count = node.integer("count", 1, kMostTiles);
  tiles.first_router = read_router(node, "first_router", topology);
  tiles.per_router = node.integer("per_router", 1, kMostTiles);
  tiles.file = node.named_file("tile", tile_catalog());
  tiles.rows = node.integer("rows", 1, kMostRows);
  tiles.columns = node.integer("columns", 1, kMostRows);
  node.finish();
  const int last = tiles.router_of(tiles.count - 1);
  if (last >= topology.routers()) {
    node.fail("count", fmt::format("tile {} would be at router {}; the interconnect's last is {}",
                                   tiles.count - 1, last, topology.routers() - 1));
  }
  return tiles;
}

BufferParameters read_buffer(const ParameterNode& node, const Topology& topology) {
  BufferParameters buffer{};
  buffer.router = read_router(node, "router", topology);
  buffer.bytes = node.whole_number("bytes", 1, kMostBufferBytes);
  buffer.latency = node.duration("latency");
  buffer.width = node.whole_number("width", 1, kMostWidth);
  buffer.cycle = node.duration_above_zero("cycle");
  buffer.byte_energy = node.at_least_zero<Energy>("byte_energy");
  buffer.leakage = node.at_least_zero<Power>("leakage");
  node.finish();
  return buffer;
}

DmaParameters read_dma(const ParameterNode& node, const Topology& topology) {
  DmaParameters dma{};
  dma.router = read_router(node, "router", topology);
  dma.burst = node.whole_number("burst", 1, kMostWidth);
  dma.burst_energy = node.at_least_zero<Energy>("burst_energy");
  dma.leakage = node.at_least_zero<Power>("leakage");
  node.finish();
  return dma;
}

DigitalParameters read_digital(const ParameterNode& node, const Topology& topology) {
  DigitalParameters digital{};
  digital.router = read_router(node, "router", topology);
  digital.entries = node.whole_number("entries", 1, kMostEntries);
  digital.lanes = node.whole_number("lanes", 1, kMostWidth);
  digital.cycle = node.duration_above_zero("cycle");
  digital.operation_energy = node.at_least_zero<Energy>("operation_energy");
  digital.leakage = node.at_least_zero<Power>("leakage");
  node.finish();
  return digital;
}

}  // namespace

ChipParameters ChipParameters::load(const std::filesystem::path& file,
                                    const ParameterOverrides& overrides) {
  const auto root = ParameterNode::load(file, chip_catalog(), overrides);
  require_kind(root, ChipKind::tiles);
  const auto section = [&](const char* key) { return root.section(key, part_catalog()); };
  ChipParameters chip{};
  chip.file = file;
  chip.name = root.text("name");
  chip.title = root.text("title");
  chip.interconnect = InterconnectParameters::read(section("interconnect"));
  const auto& topology = chip.interconnect.topology;
  chip.registers = read_registers(section("registers"));
  chip.host_router = read_host(section("host"), topology);
  chip.tiles = read_tiles(section("tiles"), topology);
  chip.buffer = read_buffer(section("buffer"), topology);
  chip.dma = read_dma(section("dma"), topology);
  chip.digital = read_digital(section("digital"), topology);
  root.finish();
  chip.constants = root.constants();
  chip.effective = root.effective_text();
  return chip;
}

}  // namespace dwmtj
