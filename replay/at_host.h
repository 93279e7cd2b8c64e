// SPDX-License-Identifier: Apache-2.0
// Puts the commands of a trace to a tile in the four phases of the base protocol, one transaction
// at a time.
#pragma once

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>

#include "replay/payload_pool.h"
#include "replay/replay_host.h"

namespace dwmtj {

class AtHost : public sc_core::sc_module, public ReplayHost {
 public:
  tlm_utils::simple_initiator_socket<AtHost> socket;

  // Keeps a reference to `entries`.
  AtHost(sc_core::sc_module_name name, const std::string& tile,
         const std::vector<TraceEntry>& entries);

 private:
  SC_HAS_PROCESS(AtHost);
  void run();
  void carry_out(const TraceEntry& entry);
  void transfer(tlm::tlm_generic_payload& payload);
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  void on_phase(const tlm::tlm_phase& phase, const sc_core::sc_time& delay);

  PayloadPool pool_;
  sc_core::sc_event responded_;
};

}  // namespace dwmtj
