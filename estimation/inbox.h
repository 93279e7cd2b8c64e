// SPDX-License-Identifier: Apache-2.0
// Takes messages of one module off the interconnect. Each is done with as soon as it is there.
#pragma once

#include <functional>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

#include "chip/message_extension.h"

namespace dwmtj {

class Inbox : public sc_core::sc_module {
 public:
  using Handler = std::function<void(const MessageExtension&, std::int64_t bytes)>;
  tlm_utils::simple_target_socket<Inbox> socket;

  Inbox(sc_core::sc_module_name name, Handler handler);

 private:
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);

  Handler handler_;
};

}  // namespace dwmtj
