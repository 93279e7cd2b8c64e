// SPDX-License-Identifier: Apache-2.0
// Watches one level-sensitive handshake at the edges of its clock: valid and ready high at an edge
// is a transfer, and what is offered stands until then.
#pragma once

#include <string>
#include <utility>

#include <systemc>

#include "common/sim_time.h"
#include "rtl_models/protocol.h"
#include "rtl_models/tile_clock.h"

namespace dwmtj {

// Valid and ready with whatever travels along.
template <typename Payload>
class HandshakeMonitor : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> valid;
  sc_core::sc_in<bool> ready;
  sc_core::sc_in<Payload> payload;

  // `where` names the handshake. Keeps references to clock, reset and log. Patience is of offers
  // that are responses; 0: none is asked for.
  HandshakeMonitor(sc_core::sc_module_name name, std::string where, TileClock& clock,
                   const ClockPin& rst_n, ProtocolLog& log, Picoseconds patience = 0)
      : sc_module(name),
        where_(std::move(where)),
        clock_(clock),
        rst_n_(rst_n),
        log_(log),
        patience_(patience) {
    if (!log.watches()) return;
    SC_THREAD(run);
    SC_METHOD(note_offer);
    sensitive << valid.pos();
    dont_initialize();
  }

  [[nodiscard]] std::uint64_t transfers() const { return transfers_; }

 private:
  SC_HAS_PROCESS(HandshakeMonitor);

  void note_offer() { offered_ = true; }

  // After a transfer valid is still high: it falls, or is another offer at the next edge.
  void run() {
    for (;;) {
      if (!valid.read() && !offered_) wait(valid.posedge_event());
      clock_.wait_edge_or(valid.negedge_event());
      const bool offered = std::exchange(offered_, false);
      if (valid.read()) {
        follow_offer();
      } else if (offered) {
        broken(HandshakeRule::none_lost);
      }
    }
  }

  // From the first edge that sees an offer to the one that takes it.
  void follow_offer() {
    const Payload offered = payload.read();
    bool told = false;
    const Picoseconds since = now_ps();
    while (!ready.read()) {
      wait_for_change(since);
      clock_.wait_edge();
      if (!valid.read()) return broken(HandshakeRule::valid_held);
      if (!told && !(payload.read() == offered)) {
        broken(HandshakeRule::payload_stable);
        told = true;
      }
    }
    ++transfers_;
  }

  // Edges at which nothing can have changed are not waited for.
  void wait_for_change(Picoseconds since) {
    const auto changes =
        ready.posedge_event() | valid.negedge_event() | payload.value_changed_event();
    const Picoseconds left = since + patience_ - now_ps();
    if (patience_ == 0 || left <= 0) return wait(changes);
    wait(to_sc_time(left), changes);
    if (now_ps() - since >= patience_) broken(HandshakeRule::response_taken);
  }

  // A reset withdraws what it likes.
  void broken(HandshakeRule rule) {
    if (rst_n_.size() > 0 && !rst_n_->read()) return;
    log_.broken(rule, where_);
  }

  std::string where_;
  TileClock& clock_;
  const ClockPin& rst_n_;
  ProtocolLog& log_;
  Picoseconds patience_;
  bool offered_ = false;  // since the last edge
  std::uint64_t transfers_ = 0;
};

}  // namespace dwmtj
