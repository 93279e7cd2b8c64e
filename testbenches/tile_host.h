// SPDX-License-Identifier: Apache-2.0
// A host that gives a tile one command after the other over its pins, and notes when each started
// and ended.
#pragma once

#include <set>
#include <vector>

#include "rtl_models/pin_host.h"
#include "rtl_models/tile_wires.h"
#include "testbenches/command_record.h"

namespace dwmtj {

class TileHost : public PinHost {
 public:
  // Runs `commands`. An idle tile makes no events, so the simulation then ends by itself. `stall`
  // delays commands and the taking of results.
  TileHost(sc_core::sc_module_name name, const SynapseTile& tile, std::vector<TileCommand> commands,
           Stall stall = {});

  // While command `i` is busy, offer a command and withdraw it between two edges: nobody takes it,
  // and the tile's protocol check notes that it is lost.
  void intrude_at(std::size_t i) { intrusions_.insert(i); }

  [[nodiscard]] const std::vector<CommandRecord>& records() const { return records_; }
  [[nodiscard]] bool finished() const { return records_.size() == commands_.size(); }

 private:
  SC_HAS_PROCESS(TileHost);
  void run();
  void taken() override;

  std::vector<TileCommand> commands_;
  std::set<std::size_t> intrusions_;
  std::vector<CommandRecord> records_;
};

// A host wired to a tile: what a testbench instantiates.
struct HostedTile {
  HostedTile(const std::string& name, const TileParameters& parameters, const DeviceModel& device,
             Ledger& ledger, const TileOptions& options, std::vector<TileCommand> commands,
             Stall host_stall = {});

  SynapseTile tile;
  TileHost host;
  TileWires wires;
};

}  // namespace dwmtj
