// SPDX-License-Identifier: Apache-2.0
// Puts the commands of a trace to a tile by b_transport, ahead of simulated time by up to a
// quantum. Tiles share nothing, so the times of the commands are those of the other timings.
#pragma once

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/tlm_quantumkeeper.h>

#include "replay/payload_pool.h"
#include "replay/replay_host.h"

namespace dwmtj {

class LtHost : public sc_core::sc_module, public ReplayHost {
 public:
  tlm_utils::simple_initiator_socket<LtHost> socket;

  // Keeps a reference to `entries`. The quantum is the global one.
  LtHost(sc_core::sc_module_name name, const std::string& tile,
         const std::vector<TraceEntry>& entries);

 private:
  SC_HAS_PROCESS(LtHost);
  void run();
  void carry_out(const TraceEntry& entry);
  void sync_if_needed();
  [[nodiscard]] Picoseconds local_now() const;

  PayloadPool pool_;
  tlm_utils::tlm_quantumkeeper keeper_;
};

}  // namespace dwmtj
