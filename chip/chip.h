// SPDX-License-Identifier: Apache-2.0
// A whole chip: interconnect, tiles, global buffer, DMA and digital unit, and room for a host
// (docs/chip/chip.md).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "chip/digital_unit.h"
#include "chip/dma.h"
#include "chip/global_buffer.h"
#include "chip/interconnect.h"
#include "chip/pin_tile.h"
#include "recording/transaction_recorder.h"
#include "tlm/tlm_tile.h"

namespace dwmtj {

// Tiles at their pins.
struct Zoom {
  std::set<std::size_t> tiles = {};
  PinOptions pins = {};
};

struct ChipOptions {
  TlmTiming timing = TlmTiming::at;
  std::uint64_t seed = 1;
  Recording* recording = nullptr;  // of what passes to and from the interconnect
  Zoom zoom = {};
  // The first so many tiles have power; the rest leaks nothing. None: all have.
  std::optional<std::size_t> powered = {};
  // Of each tile; empty: all saturated. Used by the constructor alone.
  std::vector<const TileState*> initial = {};
};

class Chip : public sc_core::sc_module {
 public:
  using Line = sc_core::sc_signal<bool>;

  // The initiator from outside, at the host's router.
  InitiatorPort host;

  // Keeps references to `tile`, `device` and `ledger`.
  Chip(sc_core::sc_module_name name, const ChipParameters& parameters, const TileParameters& tile,
       const DeviceModel& device, Ledger& ledger, const ChipOptions& options);

  // Before the simulation: lets a further initiator in at the host's router, such as a target
  // socket of an interconnect that joins several chips.
  template <typename Socket>
  void admit(Socket& initiator) {
    initiator.bind(interconnect_.initiators);
    interconnect_.place_initiator(host_router_);
  }

  // Before the simulation: an initiator beside the digital unit, such as one that runs a program.
  void join(InitiatorPort& port) { add_initiator(port, digital_router_); }
  [[nodiscard]] DigitalUnit& digital() { return digital_; }

  [[nodiscard]] std::size_t tiles() const { return tiles_.size(); }
  [[nodiscard]] const TileTarget& tile(std::size_t i) const { return *tiles_[i].module; }
  // A wait of all tiles without power, while none has a command: no time of the chip passes.
  std::size_t hold(const Holding& holding);
  [[nodiscard]] const Interconnect& interconnect() const { return interconnect_; }
  // Interrupts.
  [[nodiscard]] const Line& tile_line(std::size_t i) const { return tiles_[i].line; }
  [[nodiscard]] const Line& dma_line() const { return dma_line_; }
  [[nodiscard]] const Line& digital_line() const { return digital_line_; }

 private:
  struct Tile {
    explicit Tile(std::unique_ptr<TileTarget> target) : module(std::move(target)) {
      module->interrupt(line);
    }
    std::unique_ptr<TileTarget> module;
    Line line;
  };
  void add_initiator(InitiatorPort& port, int router);
  void add_target(TimedTarget& target, int router, std::uint64_t first, std::uint64_t bytes);
  [[nodiscard]] std::unique_ptr<TileTarget> make_tile(std::size_t i, const TileParameters& tile,
                                                      const DeviceModel& device, Ledger& ledger,
                                                      const TlmTileOptions& options) const;
  void add_tiles(const ChipParameters& parameters, const TileParameters& tile,
                 const DeviceModel& device, Ledger& ledger);

  ChipOptions options_;
  int host_router_;
  int digital_router_;
  Interconnect interconnect_;
  GlobalBuffer buffer_;
  Dma dma_;
  DigitalUnit digital_;
  Line dma_line_;
  Line digital_line_;
  TileParameters unpowered_;
  std::deque<Tile> tiles_;
  std::vector<std::unique_ptr<TransactionRecorder>> recorders_;
};

}  // namespace dwmtj
