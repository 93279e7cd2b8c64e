// SPDX-License-Identifier: Apache-2.0
// Puts the commands of a trace to the pins of a tile.
#pragma once

#include "replay/replay_host.h"
#include "rtl_models/pin_host.h"

namespace dwmtj {

class PinsHost : public PinHost, public ReplayHost {
 public:
  // Keeps references to tile and entries.
  PinsHost(sc_core::sc_module_name name, const SynapseTile& tile, const TraceEntries& entries);

 private:
  SC_HAS_PROCESS(PinsHost);
  void run();
  void wait_until(Picoseconds time);
  void waits_for(const char* what) override;
};

}  // namespace dwmtj
