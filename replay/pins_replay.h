// SPDX-License-Identifier: Apache-2.0
// The pin-level view of a replay: a SynapseTile and a host for each tile.
#pragma once

#include <memory>

#include "replay/pins_host.h"
#include "replay/replay_tile.h"
#include "rtl_models/tile_wires.h"

namespace dwmtj {

class PinsReplay {
 public:
  // Builds the modules `prefix`tile0, `prefix`tile1, ... Keeps a reference to `tiles`.
  explicit PinsReplay(const std::vector<ReplayTile>& tiles, const std::string& prefix = "",
                      Stall stall = {});

  [[nodiscard]] std::vector<const ReplayHost*> hosts() const;
  ReplayOutcome take_outcome();  // after run_to_the_end(hosts())

 private:
  struct Bench {
    Bench(const ReplayTile& setup, const std::string& name, const Stall& stall);

    Ledger ledger;
    SynapseTile tile;
    PinsHost host;
    TileWires wires;
  };

  std::vector<std::unique_ptr<Bench>> benches_;
};

}  // namespace dwmtj
