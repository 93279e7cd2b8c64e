// SPDX-License-Identifier: Apache-2.0
// The transaction-level view of a replay: a TlmTile and an initiator for each tile.
#pragma once

#include <memory>

#include "recording/transaction_recorder.h"
#include "replay/replay_tile.h"
#include "replay/tlm_host.h"
#include "tlm/tlm_tile.h"

namespace dwmtj {

struct TlmReplayOptions {
  TlmTiming timing = TlmTiming::at;
  Time quantum = 1e-6 * si::seconds;  // lt: how far an initiator may run ahead
  std::string prefix;                 // of module names
  Recording* recording = nullptr;  // of what passes between host and tile; must outlive the replay
};

// The global quantum, which only blocking initiators keep.
void set_quantum(const TlmReplayOptions& options);

class TlmReplay {
 public:
  // Builds the modules `prefix`tile0, ...; lt sets the global quantum. Keeps a reference to
  // `tiles`.
  explicit TlmReplay(const std::vector<ReplayTile>& tiles, const TlmReplayOptions& options = {});

  [[nodiscard]] std::vector<const ReplayHost*> hosts() const;
  ReplayOutcome take_outcome();  // after run_to_the_end(hosts())

 private:
  struct Bench {
    Bench(const ReplayTile& setup, const std::string& name, const TlmReplayOptions& options);

    Ledger ledger;
    TlmTile tile;
    sc_core::sc_signal<bool> interrupt;
    InitiatorPort port;
    TlmHost host;
    std::unique_ptr<TransactionRecorder> recorder;  // null: not recorded
  };

  std::vector<std::unique_ptr<Bench>> benches_;
};

}  // namespace dwmtj
