// SPDX-License-Identifier: Apache-2.0
// The other side of a tile's pins: puts one command after the other to them and takes the results.
// What to put, and when, is up to those who derive from it.
#pragma once

#include <systemc>

#include "rtl_models/synapse_tile.h"
#include "tile/command_outcome.h"

namespace dwmtj {

class PinHost : public sc_core::sc_module {
 public:
  sc_core::sc_out<bool> cmd_valid;
  sc_core::sc_out<TileCommand> cmd;
  sc_core::sc_in<bool> cmd_ready;
  sc_core::sc_in<bool> rsp_valid;
  sc_core::sc_in<TileResult> rsp;
  sc_core::sc_out<bool> rsp_ready;

 protected:
  // Keeps a reference to the tile. `stall` delays commands and the taking of results.
  PinHost(sc_core::sc_module_name name, const SynapseTile& tile, Stall stall = {});

  // For a thread: puts the command and waits until its result is handed over.
  CommandOutcome carry_out(const TileCommand& command);

  // What the thread waits for from now on.
  virtual void waits_for(const char* /*what*/) {}
  // The tile has taken the command.
  virtual void taken() {}
  // The result stands now, and is handed over at the next edge.
  virtual void answered(const CommandOutcome& /*outcome*/) {}

 private:
  const SynapseTile& tile_;
  Stall stall_;
};

}  // namespace dwmtj
