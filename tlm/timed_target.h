// SPDX-License-Identifier: Apache-2.0
// A target of the base protocol: what all memory-mapped modules have in common. A module says what
// an access does and when it is complete; blocking and four-phase transport are made of that.
#pragma once

#include <deque>
#include <limits>
#include <vector>

#include <systemc>
#include <tlm>
#include <tlm_utils/peq_with_cb_and_phase.h>
#include <tlm_utils/simple_target_socket.h>

#include "common/picoseconds.h"

namespace dwmtj {

class TimedTarget : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<TimedTarget> socket;

  // Accepts up to `depth` transactions that are not answered yet; a further one gets its END_REQ
  // when a response has ended. Responses come in the order of the requests.
  TimedTarget(sc_core::sc_module_name name, unsigned depth);

 protected:
  // The completion of a transaction that goes on.
  static constexpr Picoseconds kUnknown = std::numeric_limits<Picoseconds>::max();
  // Carries out what arrives at `time`, response status included; when it is complete. kUnknown:
  // complete() tells that later.
  virtual Picoseconds perform(tlm::tlm_generic_payload& payload, Picoseconds time) = 0;
  void complete(const tlm::tlm_generic_payload& payload, Picoseconds time);
  // Whether what a blocking call finds depends on what the kernel has done by the time of its
  // arrival: the call then waits for that time first.
  [[nodiscard]] virtual bool needs_kernel_time() const { return false; }
  // How long the transaction keeps the next one from starting.
  virtual Picoseconds occupancy(const tlm::tlm_generic_payload&) const { return 0; }
  virtual bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  virtual unsigned transport_dbg(tlm::tlm_generic_payload&) { return 0; }

 private:
  SC_HAS_PROCESS(TimedTarget);
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  void on_phase(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase);
  Picoseconds wait_for(tlm::tlm_generic_payload& payload);
  void begin_request(tlm::tlm_generic_payload& payload);
  void accept(tlm::tlm_generic_payload& payload);
  void schedule_response();
  void begin_response();
  void end_response();

  struct Response {
    tlm::tlm_generic_payload* payload;
    Picoseconds due;
  };
  unsigned depth_;
  tlm_utils::peq_with_cb_and_phase<TimedTarget> phases_;
  std::deque<Response> responses_;                 // accepted, in order
  std::vector<Response> blocking_;                 // of calls that wait
  sc_core::sc_event completed_;                    // one of these
  std::deque<tlm::tlm_generic_payload*> waiting_;  // for room: END_REQ is held back
  Picoseconds free_ = 0;                           // when the next transaction may start
  sc_core::sc_event response_due_;
};

// False, and the payload has its response status, where an access asks for what the base protocol
// allows and no target here does: byte enables, and data folded into a narrower stream.
bool is_plain(tlm::tlm_generic_payload& payload);

// Copies the payload's data to or from `memory`, by its command.
void copy_data(tlm::tlm_generic_payload& payload, unsigned char* memory);

}  // namespace dwmtj
