// SPDX-License-Identifier: Apache-2.0
// Puts the commands of a trace to one tile, as transactions of a port that it may share with other
// tiles' hosts. Loosely timed, it runs ahead of simulated time by up to the global quantum.
#pragma once

#include <systemc>
#include <tlm_utils/tlm_quantumkeeper.h>

#include "replay/replay_host.h"
#include "tlm/initiator_port.h"

namespace dwmtj {

class TlmHost : public sc_core::sc_module, public ReplayHost, private TransferWatcher {
 public:
  // Keeps references to `entries` and `port`. The registers of the tile begin at `base`.
  TlmHost(sc_core::sc_module_name name, const std::string& tile, const TraceEntries& entries,
          InitiatorPort& port, std::uint64_t base = 0);

 private:
  SC_HAS_PROCESS(TlmHost);
  void run();
  void carry_out(const TraceEntry& entry);
  void wait_until(Picoseconds time);
  void synchronise();
  void waits_for(const char* what) override;
  [[nodiscard]] Picoseconds local_now() const;

  InitiatorPort& port_;
  std::uint64_t base_;
  tlm_utils::tlm_quantumkeeper keeper_;
};

}  // namespace dwmtj
