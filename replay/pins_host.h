// SPDX-License-Identifier: Apache-2.0
// Puts the commands of a trace to the pins of a tile.
#pragma once

#include <systemc>

#include "replay/joule_meter.h"
#include "replay/replay_host.h"
#include "rtl_models/tile_pins.h"

namespace dwmtj {

class PinsHost : public sc_core::sc_module, public ReplayHost {
 public:
  sc_core::sc_out<bool> cmd_valid;
  sc_core::sc_out<TileCommand> cmd;
  sc_core::sc_in<bool> cmd_ready;
  sc_core::sc_in<bool> rsp_valid;
  sc_core::sc_in<TileResult> rsp;
  sc_core::sc_out<bool> rsp_ready;

  // Keeps references to entries and ledger, which is the tile's own.
  PinsHost(sc_core::sc_module_name name, const std::string& tile, const TraceEntries& entries,
           Ledger& ledger);

 private:
  SC_HAS_PROCESS(PinsHost);
  void run();
  void carry_out(const TraceEntry& entry);

  JouleMeter meter_;
};

}  // namespace dwmtj
