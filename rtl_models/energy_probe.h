// SPDX-License-Identifier: Apache-2.0
// The energy of a tile as a waveform: what its circuits spend when the action ends, and what leaked
// until then at the start and the end of each command. It ends at the total of the ledger.
#pragma once

#include <memory>

#include "rtl_models/tile_context.h"

namespace dwmtj {

class EnergyProbe {
 public:
  // Inactive without waveforms.
  EnergyProbe(WaveformWriter* waveforms, const std::string& name);

  // Shows what `ledger` books to `accounts` from now on, leakage of all components included.
  void follow(Ledger& ledger, const TileAccounts& accounts);
  void leak_until(Picoseconds now) const {
    if (meter_) meter_->leak_until(now);
  }

 private:
  // Shared with the writer, which may be closed after the tile is gone.
  struct Meter {
    Probe energy;
    Power leakage{};
    Picoseconds leaked_until = 0;
    void leak_until(Picoseconds now);
  };
  std::shared_ptr<Meter> meter_;  // null: inactive
};

}  // namespace dwmtj
