// SPDX-License-Identifier: Apache-2.0
#include "tlm/initiator_port.h"

#include <algorithm>
#include <utility>

namespace dwmtj {

using tlm::tlm_generic_payload;

InitiatorPort::InitiatorPort(sc_core::sc_module_name name, TlmTiming timing)
    : sc_module(name), socket("socket"), timing_(timing) {
  socket.register_nb_transport_bw(this, &InitiatorPort::nb_transport_bw);
  SC_METHOD(send_next);
  sensitive << may_send_;
  dont_initialize();
}

void InitiatorPort::transport(tlm_generic_payload& payload, sc_core::sc_time& local,
                              TransferWatcher& watcher) {
  if (timing_ == TlmTiming::lt) {
    watcher.waits_for("the end of b_transport");
    socket->b_transport(payload, local);
  } else {
    transport_in_phases(payload, watcher);
  }
}

InitiatorPort::Transfer& InitiatorPort::open(tlm_generic_payload& payload,
                                             TransferWatcher& watcher) {
  if (idle_.empty()) idle_.push_back(&transfers_.emplace_back());
  auto& transfer = *idle_.back();
  idle_.pop_back();
  transfer.payload = &payload;
  transfer.watcher = &watcher;
  transfer.ended = false;
  open_.emplace(&payload, &transfer);
  return transfer;
}

// In which order the kernel runs the threads of one delta cycle must not matter.
void InitiatorPort::queue(Transfer& transfer) {
  transfer.made = sc_core::sc_delta_count();
  const auto key = [](const Transfer* each) {
    return std::make_pair(each->made, each->payload->get_address());
  };
  const auto before = [&](const Transfer* a, const Transfer* b) { return key(a) < key(b); };
  requests_.insert(std::upper_bound(requests_.begin(), requests_.end(), &transfer, before),
                   &transfer);
}

void InitiatorPort::transport_in_phases(tlm_generic_payload& payload, TransferWatcher& watcher) {
  auto& transfer = open(payload, watcher);
  queue(transfer);
  watcher.waits_for("END_REQ");
  if (!requesting_) may_send_.notify(sc_core::SC_ZERO_TIME);
  wait(transfer.responded);
  open_.erase(&payload);
  idle_.push_back(&transfer);
  if (transfer.ended) return;
  tlm::tlm_phase phase = tlm::END_RESP;
  auto delay = sc_core::SC_ZERO_TIME;
  socket->nb_transport_fw(payload, phase, delay);
}

void InitiatorPort::send_next() {
  if (requesting_ || requests_.empty()) return;
  requesting_ = true;
  auto& transfer = *requests_.front();
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  auto delay = sc_core::SC_ZERO_TIME;
  const auto answer = socket->nb_transport_fw(*transfer.payload, phase, delay);
  if (answer == tlm::TLM_UPDATED) on_phase(*transfer.payload, phase, delay);
  if (answer != tlm::TLM_COMPLETED) return;
  end_request(transfer, delay);
  transfer.ended = true;
  transfer.responded.notify(delay);
}

void InitiatorPort::end_request(Transfer& transfer, const sc_core::sc_time& delay) {
  if (requests_.empty() || requests_.front() != &transfer) return;
  requests_.pop_front();
  requesting_ = false;
  transfer.watcher->waits_for("BEGIN_RESP");
  if (!requests_.empty()) may_send_.notify(delay);
}

tlm::tlm_sync_enum InitiatorPort::nb_transport_bw(tlm_generic_payload& payload,
                                                  tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  on_phase(payload, phase, delay);
  return tlm::TLM_ACCEPTED;
}

// BEGIN_RESP implies END_REQ; phases of other protocols may be ignored.
void InitiatorPort::on_phase(tlm_generic_payload& payload, const tlm::tlm_phase& phase,
                             const sc_core::sc_time& delay) {
  if (phase != tlm::END_REQ && phase != tlm::BEGIN_RESP) return;
  auto& transfer = *open_.at(&payload);
  end_request(transfer, delay);
  if (phase == tlm::BEGIN_RESP) transfer.responded.notify(delay);
}

}  // namespace dwmtj
