// SPDX-License-Identifier: Apache-2.0
#include "replay/payload_pool.h"

#include "tlm/register_map.h"

namespace dwmtj {

tlm::tlm_generic_payload& PayloadPool::make(const TileCommand& command) {
  if (idle_.empty()) {
    auto& added = payloads_.emplace_back(
        std::make_unique<tlm::tlm_generic_payload>(static_cast<tlm::tlm_mm_interface*>(this)));
    added->set_extension(new CommandExtension);  // goes with its payload
    idle_.push_back(added.get());
  }
  auto& payload = *idle_.back();
  idle_.pop_back();
  payload.acquire();
  payload.set_write();
  payload.set_address(tile_map::kCommand);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&word_));
  payload.set_data_length(sizeof word_);
  payload.set_streaming_width(sizeof word_);
  payload.set_byte_enable_ptr(nullptr);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  payload.get_extension<CommandExtension>()->command = command;
  return payload;
}

}  // namespace dwmtj
