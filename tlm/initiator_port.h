// SPDX-License-Identifier: Apache-2.0
// The initiator side of the base protocol for threads: a call that returns when a transaction is
// complete, in either timing. Any number of threads may share a port.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>

#include "tlm/payload_pool.h"

namespace dwmtj {

enum class TlmTiming : std::uint8_t { at, lt };

// Told what the transaction of a thread waits for.
class TransferWatcher {
 public:
  virtual ~TransferWatcher() = default;
  virtual void waits_for(const char* what) = 0;
};

class InitiatorPort : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<InitiatorPort> socket;
  // For the transactions of this port: a target may refer to one for a while after its response.
  PayloadPool pool;

  InitiatorPort(sc_core::sc_module_name name, TlmTiming timing);

  [[nodiscard]] TlmTiming timing() const { return timing_; }

  // To be called from a thread. Approximately timed: four phases, requests first come first
  // served, those of one moment by rising address; returns at the time of the response, and `local`
  // must be zero. Loosely timed: one call; `local`, the thread's time ahead of the kernel's, moves
  // on to the response.
  void transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& local,
                 TransferWatcher& watcher);

 private:
  SC_HAS_PROCESS(InitiatorPort);
  struct Transfer {
    tlm::tlm_generic_payload* payload = nullptr;
    TransferWatcher* watcher = nullptr;
    sc_dt::uint64 made = 0;  // in which delta cycle
    bool ended = false;      // no END_RESP to send
    sc_core::sc_event responded;
  };
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  void end_request(Transfer& transfer, const sc_core::sc_time& delay);
  void on_phase(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase,
                const sc_core::sc_time& delay);
  void transport_in_phases(tlm::tlm_generic_payload& payload, TransferWatcher& watcher);
  Transfer& open(tlm::tlm_generic_payload& payload, TransferWatcher& watcher);
  void queue(Transfer& transfer);
  void send_next();

  TlmTiming timing_;
  std::unordered_map<const tlm::tlm_generic_payload*, Transfer*> open_;
  std::deque<Transfer*> requests_;
  bool requesting_ = false;  // the first is with the target, until its END_REQ
  sc_core::sc_event may_send_;
  std::deque<Transfer> transfers_;
  std::vector<Transfer*> idle_;
};

}  // namespace dwmtj
