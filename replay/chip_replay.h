// SPDX-License-Identifier: Apache-2.0
// A replay on a whole chip: all tiles behind one interconnect, their commands through one host's
// port. States and results are those of the other views; times have the interconnect in them.
#pragma once

#include <deque>

#include "chip/chip.h"
#include "replay/tlm_replay.h"

namespace dwmtj {

class ChipReplay {
 public:
  // Builds a module `name`. `tiles` are those of the chip, in shape and number. Keeps a reference
  // to them; loosely timed, sets the global quantum.
  ChipReplay(const std::string& name, const ChipParameters& parameters,
             const std::vector<ReplayTile>& tiles, const TlmReplayOptions& options,
             const Zoom& zoom = {});

  [[nodiscard]] std::vector<const ReplayHost*> hosts() const;
  [[nodiscard]] const Chip& chip() const { return chip_; }
  // Everything that is spent is posted here.
  [[nodiscard]] Ledger& ledger() { return ledger_; }
  ReplayOutcome take_outcome();  // after run_to_the_end(hosts())

 private:
  Ledger ledger_;
  Chip chip_;
  std::deque<TlmHost> hosts_;      // of tiles that have commands
  std::vector<TlmHost*> host_of_;  // by tile; null: none
};

}  // namespace dwmtj
