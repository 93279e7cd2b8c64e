// SPDX-License-Identifier: Apache-2.0
// A target that accepts transactions and never answers them.
#pragma once

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

namespace dwmtj::test {

struct MuteTarget : sc_core::sc_module {
  explicit MuteTarget(sc_core::sc_module_name name) : sc_module(name), socket("socket") {
    socket.register_nb_transport_fw(this, &MuteTarget::nb_transport_fw);
  }

  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload&, tlm::tlm_phase& phase,
                                     sc_core::sc_time&) {
    ++requests;
    if (!accepts) return tlm::TLM_ACCEPTED;
    phase = tlm::END_REQ;
    return tlm::TLM_UPDATED;
  }

  tlm_utils::simple_target_socket<MuteTarget> socket;
  bool accepts = true;
  int requests = 0;
};

}  // namespace dwmtj::test
