// SPDX-License-Identifier: Apache-2.0
// A host that gives a tile one command after the other over its pins, and notes when each started
// and ended.
#pragma once

#include <set>
#include <vector>

#include <systemc>

#include "ledger/ledger.h"
#include "rtl_models/tile_wires.h"
#include "testbenches/command_record.h"

namespace dwmtj {

class TileHost : public sc_core::sc_module {
 public:
  sc_core::sc_out<bool> cmd_valid;
  sc_core::sc_out<TileCommand> cmd;
  sc_core::sc_in<bool> cmd_ready;
  sc_core::sc_in<bool> rsp_valid;
  sc_core::sc_in<TileResult> rsp;
  sc_core::sc_out<bool> rsp_ready;

  // Runs `commands`. An idle tile makes no events, so the simulation then ends by itself. `stall`
  // delays commands and the taking of results.
  TileHost(sc_core::sc_module_name name, std::vector<TileCommand> commands, const Ledger& ledger,
           Stall stall = {});

  // While command `i` is busy, offer a command and withdraw it between two edges: nobody takes it,
  // and the tile's protocol check notes that it is lost.
  void intrude_at(std::size_t i) { intrusions_.insert(i); }

  [[nodiscard]] const std::vector<CommandRecord>& records() const { return records_; }
  [[nodiscard]] bool finished() const { return records_.size() == commands_.size(); }

 private:
  SC_HAS_PROCESS(TileHost);
  void run();
  CommandRecord carry_out(const TileCommand& command);
  void intrude();

  std::vector<TileCommand> commands_;
  const Ledger& ledger_;
  Stall stall_;
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
