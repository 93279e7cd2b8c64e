// SPDX-License-Identifier: Apache-2.0
#include "estimation/outbox.h"

namespace dwmtj {

Outbox::Outbox(sc_core::sc_module_name name) : sc_module(name), socket("socket") {
  socket.register_nb_transport_bw(this, &Outbox::nb_transport_bw);
}

Outbox::Payload& Outbox::take() {
  if (idle_.empty()) {
    auto& added = payloads_.emplace_back(
        std::make_unique<Payload>(static_cast<tlm::tlm_mm_interface*>(this)));
    added->set_extension(new MessageExtension);  // goes with its payload
    idle_.push_back(added.get());
  }
  auto& payload = *idle_.back();
  idle_.pop_back();
  payload.acquire();
  payload.set_write();
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  return payload;
}

void Outbox::send(std::uint64_t address, std::int64_t bytes, const MessageExtension& message) {
  queue(address, bytes, message);
  if (!requesting_) send_next();
}

void Outbox::send(const std::vector<std::uint64_t>& addresses, std::int64_t bytes,
                  const MessageExtension& message) {
  auto one_of_many = message;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    one_of_many.more = i + 1 < addresses.size();
    queue(addresses[i], bytes, one_of_many);
  }
  if (!requesting_) send_next();
}

void Outbox::queue(std::uint64_t address, std::int64_t bytes, const MessageExtension& message) {
  auto& payload = take();
  const auto length = static_cast<std::size_t>(bytes);
  if (data_.size() < length) data_.resize(length);
  payload.set_address(address);
  payload.set_data_length(static_cast<unsigned>(bytes));
  payload.set_streaming_width(static_cast<unsigned>(bytes));
  payload.get_extension<MessageExtension>()->copy_from(message);
  queue_.push_back(&payload);
}

void Outbox::send_next() {
  auto answer = tlm::TLM_UPDATED;  // END_REQ at once: the next may follow
  for (requesting_ = true; answer == tlm::TLM_UPDATED;) {
    requesting_ = !queue_.empty();
    if (!requesting_) return;
    auto& payload = *queue_.front();
    queue_.pop_front();
    payload.set_data_ptr(data_.data());  // only now: it may have grown
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    auto delay = sc_core::SC_ZERO_TIME;
    answer = socket->nb_transport_fw(payload, phase, delay);
  }
}

tlm::tlm_sync_enum Outbox::nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                           sc_core::sc_time&) {
  if (phase == tlm::END_REQ) {
    send_next();
    return tlm::TLM_ACCEPTED;
  }
  payload.release();
  return tlm::TLM_COMPLETED;
}

}  // namespace dwmtj
