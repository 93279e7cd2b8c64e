// SPDX-License-Identifier: Apache-2.0
// A replay on a whole chip: all tiles behind one interconnect, their commands through one host's
// port. States and results are those of the other views; times have the interconnect in them.
#pragma once

#include <deque>

#include "chip/chip.h"
#include "replay/replay_outcome.h"
#include "replay/tlm_host.h"

namespace dwmtj {

class ChipReplay {
 public:
  // Builds a module `name`; `entries` by tile, at most as many as the chip has. Loosely timed, the
  // quantum is the global one. Keeps references to all but the options.
  ChipReplay(const std::string& name, const ChipParameters& parameters,
             const TileParameters& tile, const DeviceModel& device,
             const std::vector<std::vector<TraceEntry>>& entries, const ChipOptions& options);

  [[nodiscard]] std::vector<const ReplayHost*> hosts() const;
  [[nodiscard]] const Chip& chip() const { return chip_; }
  // After run_to_the_end(hosts()). All that was spent is in the ledger of the chip.
  ReplayOutcome take_outcome();
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

 private:
  Ledger ledger_;
  Chip chip_;
  std::deque<TlmHost> hosts_;  // of tiles that have commands
  std::vector<TlmHost*> host_of_;  // by tile, null: none
};

}  // namespace dwmtj
