// SPDX-License-Identifier: Apache-2.0
// The limit that transactions are compared with: a target that copies 8 bytes and takes no time.
#pragma once

#include <array>
#include <cstring>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

namespace dwmtj {

struct EmptyTarget : sc_core::sc_module {
  tlm_utils::simple_target_socket<EmptyTarget> socket{"socket"};
  std::array<unsigned char, 8> memory{};
  explicit EmptyTarget(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.register_b_transport(this, &EmptyTarget::b_transport);
  }
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
    std::memcpy(payload.get_data_ptr(), memory.data(), memory.size());
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

}  // namespace dwmtj
