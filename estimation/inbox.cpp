// SPDX-License-Identifier: Apache-2.0
#include "estimation/inbox.h"

#include <utility>

namespace dwmtj {

Inbox::Inbox(sc_core::sc_module_name name, Handler handler)
    : sc_module(name), socket("socket"), handler_(std::move(handler)) {
  socket.register_nb_transport_fw(this, &Inbox::nb_transport_fw);
}

tlm::tlm_sync_enum Inbox::nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase&,
                                          sc_core::sc_time&) {
  handler_(*payload.get_extension<MessageExtension>(), payload.get_data_length());
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
  return tlm::TLM_COMPLETED;
}

}  // namespace dwmtj
