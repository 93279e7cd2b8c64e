// SPDX-License-Identifier: Apache-2.0
// An initiator that does at random whatever the base protocol allows: many transactions at once,
// annotated times, early and late ends, phases that nobody knows, blocking, debug and direct access
// in between.
#pragma once

#include <array>
#include <functional>
#include <set>

#include <systemc>
#include <tlm>
#include <tlm_utils/peq_with_cb_and_phase.h>

#include "common/random_stream.h"
#include "tlm/payload_pool.h"

namespace dwmtj::test {

// Numbers of a stream of its own.
class Dice {
 public:
  explicit Dice(std::uint64_t instance) : instance_(instance) {}
  std::uint32_t below(std::uint32_t end) {
    return draw(11, Stream::stimulus, instance_, thrown_++).words[0] % end;
  }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  sc_core::sc_time time(std::uint32_t most_ns) {
    return {static_cast<double>(below(most_ns + 1)), sc_core::SC_NS};
  }

 private:
  std::uint64_t instance_;
  std::uint32_t thrown_ = 0;
};

TLM_DECLARE_EXTENDED_PHASE(unheard_of);

struct WildInitiator : sc_core::sc_module, tlm::tlm_bw_transport_if<> {
  using Payload = tlm::tlm_generic_payload;
  static constexpr std::size_t kMostOpen = 40;

  tlm::tlm_initiator_socket<> socket{"socket"};
  PayloadPool pool;
  std::function<TileCommand()> command;  // of a target that takes some; none: plain accesses

  // Sends `transactions` to addresses from 0 to below `span`.
  WildInitiator(const sc_core::sc_module_name& name, std::uint64_t instance, unsigned transactions,
                std::uint32_t span)
      : sc_module(name),
        dice_(1000 + instance),
        left_(transactions),
        span_(span),
        phases_("phases", this, &WildInitiator::send_phase) {
    socket.bind(*this);
    SC_THREAD(send);
    SC_THREAD(block);
  }
  SC_HAS_PROCESS(WildInitiator);

  [[nodiscard]] bool done() const { return left_ == 0 && open_.empty() && blocked_; }
  [[nodiscard]] std::size_t most_open() const { return most_open_; }

  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (phase == tlm::END_REQ) end_request(payload, delay);
    if (phase != tlm::BEGIN_RESP) return tlm::TLM_ACCEPTED;
    end_request(payload, delay);
    if (dice_.one_in(3)) {
      phases_.notify(payload, tlm::END_RESP, delay + dice_.time(20));
      return tlm::TLM_ACCEPTED;
    }
    const bool early = dice_.one_in(2);
    if (!early) phase = tlm::END_RESP;
    delay += dice_.time(3);
    close(payload);
    return early ? tlm::TLM_COMPLETED : tlm::TLM_UPDATED;
  }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}

 private:
  void send() {
    while (left_ > 0) {
      wait(dice_.time(dice_.one_in(4) ? 60 : 1));
      while (open_.size() >= kMostOpen) wait(closed_);
      while (request_ != nullptr) wait(request_ended_);
      begin(random_payload());
    }
  }
  void begin(Payload& payload) {
    --left_;
    open_.insert(&payload);
    most_open_ = std::max(most_open_, open_.size());
    request_ = &payload;
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    auto delay = dice_.time(dice_.one_in(3) ? 7 : 0);
    const auto answer = socket->nb_transport_fw(payload, phase, delay);
    if (answer == tlm::TLM_COMPLETED) {
      end_request(payload, delay);
      close(payload);
      return;
    }
    if (answer == tlm::TLM_UPDATED) end_request(payload, delay);
    if (answer == tlm::TLM_UPDATED && phase == tlm::BEGIN_RESP) {
      phases_.notify(payload, tlm::END_RESP, delay + dice_.time(9));
    } else if (dice_.one_in(3)) {
      phases_.notify(payload, unheard_of, delay + dice_.time(50));
    }
  }
  void send_phase(Payload& payload, const tlm::tlm_phase& which) {
    if (open_.count(&payload) == 0) return;  // ended before an ignorable phase was sent
    tlm::tlm_phase phase = which;
    auto delay = sc_core::SC_ZERO_TIME;
    if (which == tlm::END_RESP) open_.erase(&payload);
    socket->nb_transport_fw(payload, phase, delay);
    if (which != tlm::END_RESP) return;
    payload.release();
    closed_.notify();
  }
  void end_request(const Payload& payload, const sc_core::sc_time& delay) {
    if (request_ != &payload) return;
    request_ = nullptr;
    request_ended_.notify(delay);
  }
  void close(Payload& payload) {
    open_.erase(&payload);
    // Not within the call that ends it.
    closing_.push_back(&payload);
    closed_.notify(sc_core::SC_ZERO_TIME);
    release_closed();
  }
  // Those of earlier calls.
  void release_closed() {
    while (closing_.size() > 1) {
      closing_.front()->release();
      closing_.erase(closing_.begin());
    }
  }

  Payload& random_payload() {
    if (command && dice_.one_in(4)) return pool.make(command());
    const auto words = 1 + dice_.below(4);
    const auto access = static_cast<tlm::tlm_command>(dice_.one_in(20) ? 2U : dice_.below(2));
    auto& slot = data_[next_slot_++ % data_.size()];
    for (auto& word : slot) word = dice_.below(64);
    const bool odd = dice_.one_in(10);
    auto& payload =
        pool.make(access, dice_.below(span_) / (odd ? 1 : 4) * (odd ? 1 : 4),
                  reinterpret_cast<unsigned char*>(slot.data()), 4 * words - (odd ? 1 : 0));
    if (dice_.one_in(30)) payload.set_streaming_width(2);
    payload.set_byte_enable_length(0);
    if (dice_.one_in(30)) {
      payload.set_byte_enable_ptr(enables_.data());
      payload.set_byte_enable_length(static_cast<unsigned>(enables_.size()));
    }
    return payload;
  }
  // Blocking, debug and direct access, beside the phases.
  void block() {
    for (unsigned i = left_ / 10; i > 0; --i) {
      wait(dice_.time(100));
      auto& payload = random_payload();
      auto delay = dice_.time(5);
      socket->b_transport(payload, delay);
      payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
      payload.set_dmi_allowed(false);
      socket->transport_dbg(payload);
      tlm::tlm_dmi dmi;
      socket->get_direct_mem_ptr(payload, dmi);
      payload.release();
    }
    blocked_ = true;
  }

  Dice dice_;
  unsigned left_;
  std::uint32_t span_;
  std::set<const Payload*> open_;
  std::size_t most_open_ = 0;
  const Payload* request_ = nullptr;
  std::vector<Payload*> closing_;
  std::array<std::array<std::uint32_t, 4>, 2 * kMostOpen> data_{};
  std::size_t next_slot_ = 0;
  std::array<unsigned char, 2> enables_{{0xff, 0x00}};
  bool blocked_ = false;
  sc_core::sc_event request_ended_;
  sc_core::sc_event closed_;
  tlm_utils::peq_with_cb_and_phase<WildInitiator> phases_;
};

}  // namespace dwmtj::test
