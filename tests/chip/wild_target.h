// SPDX-License-Identifier: Apache-2.0
// A target that answers at random in every way the base protocol allows: at once, by return path or
// later, with and without END_REQ, out of order, with phases that nobody knows in between.
#pragma once

#include <deque>

#include "tests/chip/wild_initiator.h"

namespace dwmtj::test {

struct WildTarget : sc_core::sc_module, tlm::tlm_fw_transport_if<> {
  using Payload = tlm::tlm_generic_payload;

  tlm::tlm_target_socket<> socket{"socket"};

  WildTarget(const sc_core::sc_module_name& name, std::uint64_t instance)
      : sc_module(name), dice_(2000 + instance), phases_("phases", this, &WildTarget::send_phase) {
    socket.bind(*this);
  }

  void b_transport(Payload& payload, sc_core::sc_time& delay) override {
    delay += dice_.time(30);
    answer(payload);
  }
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (phase == tlm::END_RESP) end_response();
    if (phase != tlm::BEGIN_REQ) return tlm::TLM_ACCEPTED;
    if (dice_.one_in(6)) {
      answer(payload);
      delay += dice_.time(4);
      return tlm::TLM_COMPLETED;
    }
    payload.acquire();
    open_.insert(&payload);
    if (dice_.one_in(6)) phases_.notify(payload, unheard_of, delay + dice_.time(5));
    if (dice_.one_in(3)) {  // END_REQ by return path
      delay += dice_.time(3);
      phase = tlm::END_REQ;
      phases_.notify(payload, tlm::BEGIN_RESP, delay + dice_.time(200));
      return tlm::TLM_UPDATED;
    }
    const auto later = delay + dice_.time(40);
    const bool implied = dice_.one_in(3);
    if (!implied) phases_.notify(payload, tlm::END_REQ, later);
    phases_.notify(payload, tlm::BEGIN_RESP, later + sc_core::sc_time(1, sc_core::SC_NS));
    return tlm::TLM_ACCEPTED;
  }
  bool get_direct_mem_ptr(Payload&, tlm::tlm_dmi&) override { return false; }
  unsigned transport_dbg(Payload& payload) override { return payload.get_data_length(); }

 private:
  void answer(Payload& payload) {
    payload.set_response_status(dice_.one_in(9) ? tlm::TLM_GENERIC_ERROR_RESPONSE
                                                : tlm::TLM_OK_RESPONSE);
  }
  void send_phase(Payload& payload, const tlm::tlm_phase& which) {
    if (which == tlm::BEGIN_RESP) {
      responses_.push_back(&payload);
      if (!responding_) begin_response();
      return;
    }
    if (open_.count(&payload) == 0) return;  // ended before an ignorable phase was sent
    tlm::tlm_phase phase = which;
    auto delay = sc_core::SC_ZERO_TIME;
    socket->nb_transport_bw(payload, phase, delay);
  }
  void begin_response() {
    while (!responses_.empty() && !responding_) {
      responding_ = true;
      auto& payload = *responses_.front();
      answer(payload);
      tlm::tlm_phase phase = tlm::BEGIN_RESP;
      auto delay = sc_core::SC_ZERO_TIME;
      const auto back = socket->nb_transport_bw(payload, phase, delay);
      const bool ended =
          back == tlm::TLM_COMPLETED || (back == tlm::TLM_UPDATED && phase == tlm::END_RESP);
      if (ended) close();
    }
  }
  void end_response() {
    close();
    begin_response();
  }
  void close() {
    open_.erase(responses_.front());
    responses_.front()->release();
    responses_.pop_front();
    responding_ = false;
  }

  Dice dice_;
  std::set<const Payload*> open_;
  std::deque<Payload*> responses_;
  bool responding_ = false;
  tlm_utils::peq_with_cb_and_phase<WildTarget> phases_;
};

}  // namespace dwmtj::test
