// SPDX-License-Identifier: Apache-2.0
// A tile of a chip at its pins: the one place where transactions meet pins. Commands go to the pins
// of a SynapseTile, results come back as responses, at the picosecond, with the states, results and
// energy of the transaction-level tile (docs/chip/pin_tile.md).
#pragma once

#include <deque>
#include <functional>
#include <optional>

#include "rtl_models/pin_host.h"
#include "rtl_models/tile_wires.h"
#include "tlm/tlm_tile.h"

namespace dwmtj {

// Puts commands to the pins, one after the other.
class PinEngine : public PinHost, public TileEngine {
 public:
  // Told of each outcome a clock cycle before it is complete.
  using Finished = std::function<void(const CommandOutcome&)>;
  PinEngine(sc_core::sc_module_name name, SynapseTile& tile, const DeviceModel& device,
            Picoseconds period, Finished finished);

 private:
  SC_HAS_PROCESS(PinEngine);
  // TileEngine
  std::optional<CommandOutcome> put(const TileCommand& command, Picoseconds time) override;
  std::size_t hold(const Holding& holding) override { return tile_.hold(holding); }
  [[nodiscard]] const PairArray& array() const override { return tile_.pairs(); }
  [[nodiscard]] TileState state() const override { return tile_.state(); }
  [[nodiscard]] const DeviceModel& device() const override { return device_; }
  [[nodiscard]] std::uint64_t clipped_inputs() const override { return tile_.clipped_inputs(); }

  void run();
  void answered(const CommandOutcome& outcome) override;

  SynapseTile& tile_;
  const DeviceModel& device_;
  Picoseconds period_;
  Finished finished_;
  std::deque<TileCommand> queue_;  // the first one is at the pins
  sc_core::sc_event put_;
};

struct PinOptions {
  WaveformWriter* waveforms = nullptr;  // must outlive the tile
  bool twin = false;                    // its devices and comparators are those of another tile
};

class PinTile : public TileTarget {
 public:
  PinTile(sc_core::sc_module_name name, const TileParameters& parameters, const DeviceModel& device,
          Ledger& ledger, const TlmTileOptions& options, const PinOptions& pins = {});

  [[nodiscard]] const SynapseTile& tile() const { return tile_; }

 private:
  [[nodiscard]] bool needs_kernel_time() const override { return true; }

  SynapseTile tile_;
  PinEngine engine_;
  TileWires wires_;
};

}  // namespace dwmtj
