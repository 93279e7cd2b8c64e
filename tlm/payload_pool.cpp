// SPDX-License-Identifier: Apache-2.0
#include "tlm/payload_pool.h"

#include "tlm/register_map.h"

namespace dwmtj {

using tlm::tlm_generic_payload;

void PayloadPool::free(tlm_generic_payload* payload) {
  const bool command = payload->get_extension<CommandExtension>() != nullptr;
  (command ? idle_with_command_ : idle_).push_back(payload);
}

tlm_generic_payload& PayloadPool::take(Payloads& idle) {
  if (idle.empty()) {
    auto& added = payloads_.emplace_back(
        std::make_unique<tlm_generic_payload>(static_cast<tlm::tlm_mm_interface*>(this)));
    if (&idle == &idle_with_command_) added->set_extension(new CommandExtension);  // goes with it
    idle.push_back(added.get());
  }
  auto& payload = *idle.back();
  idle.pop_back();
  payload.acquire();
  payload.set_byte_enable_ptr(nullptr);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  return payload;
}

tlm_generic_payload& PayloadPool::make(tlm::tlm_command command, std::uint64_t address,
                                       unsigned char* data, unsigned length) {
  auto& payload = take(idle_);
  payload.set_command(command);
  payload.set_address(address);
  payload.set_data_ptr(data);
  payload.set_data_length(length);
  payload.set_streaming_width(length);
  return payload;
}

tlm_generic_payload& PayloadPool::make(const TileCommand& command, std::uint64_t base) {
  auto& payload = take(idle_with_command_);
  payload.set_write();
  payload.set_address(base + tile_map::kCommand);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&word_));
  payload.set_data_length(sizeof word_);
  payload.set_streaming_width(sizeof word_);
  payload.get_extension<CommandExtension>()->command = command;
  return payload;
}

}  // namespace dwmtj
