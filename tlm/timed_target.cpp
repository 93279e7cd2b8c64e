// SPDX-License-Identifier: Apache-2.0
#include "tlm/timed_target.h"

#include <algorithm>
#include <cstring>

#include "common/sim_time.h"

namespace dwmtj {

using tlm::tlm_generic_payload;

bool is_plain(tlm_generic_payload& payload) {
  if (payload.get_byte_enable_ptr() != nullptr) {
    payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
    return false;
  }
  if (payload.get_streaming_width() < payload.get_data_length()) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    return false;
  }
  return true;
}

void copy_data(tlm_generic_payload& payload, unsigned char* memory) {
  if (payload.is_read()) std::memcpy(payload.get_data_ptr(), memory, payload.get_data_length());
  if (payload.is_write()) std::memcpy(memory, payload.get_data_ptr(), payload.get_data_length());
}

TimedTarget::TimedTarget(sc_core::sc_module_name name, unsigned depth)
    : sc_module(name),
      socket("socket"),
      depth_(depth),
      phases_("phases", this, &TimedTarget::on_phase) {
  socket.register_b_transport(this, &TimedTarget::b_transport);
  socket.register_nb_transport_fw(this, &TimedTarget::nb_transport_fw);
  socket.register_get_direct_mem_ptr(this, &TimedTarget::get_direct_mem_ptr);
  socket.register_transport_dbg(this, &TimedTarget::transport_dbg);
  SC_METHOD(begin_response);
  sensitive << response_due_;
  dont_initialize();
}

bool TimedTarget::get_direct_mem_ptr(tlm_generic_payload& payload, tlm::tlm_dmi& dmi) {
  dmi.set_start_address(payload.get_address());
  dmi.set_end_address(payload.get_address());
  return false;
}

void TimedTarget::b_transport(tlm_generic_payload& payload, sc_core::sc_time& delay) {
  if (needs_kernel_time() && delay > sc_core::SC_ZERO_TIME) {
    wait(delay);
    delay = sc_core::SC_ZERO_TIME;
  }
  const Picoseconds arrival = later(now_ps(), to_picoseconds(delay));
  Picoseconds done = perform(payload, arrival);
  if (done == kUnknown) done = wait_for(payload);
  delay = to_sc_time(done - now_ps());
}

Picoseconds TimedTarget::wait_for(tlm_generic_payload& payload) {
  blocking_.push_back({&payload, kUnknown});
  const auto mine = [&] {
    return std::find_if(blocking_.begin(), blocking_.end(),
                        [&](const Response& call) { return call.payload == &payload; });
  };
  while (mine()->due == kUnknown) wait(completed_);
  const Picoseconds done = mine()->due;
  blocking_.erase(mine());
  return done;
}

void TimedTarget::complete(const tlm_generic_payload& payload, Picoseconds time) {
  const auto fill_in = [&](auto& calls) {
    for (auto& call : calls) {
      if (call.payload == &payload) call.due = time;
    }
  };
  fill_in(responses_);
  fill_in(blocking_);
  completed_.notify(sc_core::SC_ZERO_TIME);
  if (!responses_.empty() && responses_.front().payload == &payload) schedule_response();
}

tlm::tlm_sync_enum TimedTarget::nb_transport_fw(tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                                sc_core::sc_time& delay) {
  if (phase == tlm::BEGIN_REQ || phase == tlm::END_RESP) phases_.notify(payload, phase, delay);
  return tlm::TLM_ACCEPTED;
}

void TimedTarget::on_phase(tlm_generic_payload& payload, const tlm::tlm_phase& phase) {
  if (phase == tlm::BEGIN_REQ) begin_request(payload);
  if (phase == tlm::END_RESP) end_response();
}

void TimedTarget::begin_request(tlm_generic_payload& payload) {
  payload.acquire();
  if (responses_.size() < depth_) {
    accept(payload);
  } else {
    waiting_.push_back(&payload);  // END_REQ comes when there is room
  }
}

void TimedTarget::accept(tlm_generic_payload& payload) {
  const Picoseconds start = std::max(now_ps(), free_);
  free_ = later(start, occupancy(payload));
  responses_.push_back({&payload, perform(payload, start)});
  tlm::tlm_phase phase = tlm::END_REQ;
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  socket->nb_transport_bw(payload, phase, delay);
  if (responses_.size() == 1) schedule_response();
}

void TimedTarget::schedule_response() {
  if (responses_.empty() || responses_.front().due == kUnknown) return;
  const Picoseconds left = std::max<Picoseconds>(responses_.front().due - now_ps(), 0);
  response_due_.notify(to_sc_time(left));
}

void TimedTarget::begin_response() {
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  const auto answer = socket->nb_transport_bw(*responses_.front().payload, phase, delay);
  const bool ended =
      answer == tlm::TLM_COMPLETED || (answer == tlm::TLM_UPDATED && phase == tlm::END_RESP);
  if (ended) end_response();
}

void TimedTarget::end_response() {
  responses_.front().payload->release();
  responses_.pop_front();
  if (!waiting_.empty()) {
    auto* const next = waiting_.front();
    waiting_.pop_front();
    accept(*next);
  }
  schedule_response();
}

}  // namespace dwmtj
