// SPDX-License-Identifier: Apache-2.0
// An initiator, a protocol checker that collects, and a target, whose behaviour a test scripts. All
// hops are made before the simulation starts: elaboration happens once in a process.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <vector>

#include <gtest/gtest.h>
#include <systemc>
#include <tlm>

#include "tlm/protocol_checker.h"

namespace dwmtj::test {

using Payload = tlm::tlm_generic_payload;

// Keeps what it manages: a payload lives as long as the test holds it.
struct NoRecycling : tlm::tlm_mm_interface {
  void free(Payload* payload) override { payload->reset(); }
};

// A write of 4 bytes to address 16, as a good initiator hands it over.
struct GoodPayload : Payload {
  std::array<unsigned char, 4> bytes{};
  NoRecycling manager;
  GoodPayload() {
    set_mm(&manager);
    acquire();
    set_command(tlm::TLM_WRITE_COMMAND);
    set_address(16);
    set_data_ptr(bytes.data());
    set_data_length(4);
    set_streaming_width(4);
  }
  ~GoodPayload() override {
    if (get_ref_count() > 0) release();
  }
  GoodPayload(const GoodPayload&) = delete;
  GoodPayload& operator=(const GoodPayload&) = delete;
};

struct ScriptedTarget : sc_core::sc_module, tlm::tlm_fw_transport_if<> {
  tlm::tlm_target_socket<> socket{"socket"};

  std::function<void(Payload&, sc_core::sc_time&)> on_blocking = [](Payload& payload,
                                                                    sc_core::sc_time&) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  };
  std::function<tlm::tlm_sync_enum(Payload&, tlm::tlm_phase&, sc_core::sc_time&)> on_phase =
      [](Payload&, tlm::tlm_phase&, sc_core::sc_time&) { return tlm::TLM_ACCEPTED; };
  std::function<bool(tlm::tlm_dmi&)> on_direct = [](tlm::tlm_dmi&) { return false; };
  std::function<unsigned(Payload&)> on_debug = [](Payload& payload) {
    return payload.get_data_length();
  };

  explicit ScriptedTarget(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.bind(*this);
  }
  void b_transport(Payload& payload, sc_core::sc_time& delay) override {
    on_blocking(payload, delay);
  }
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    return on_phase(payload, phase, delay);
  }
  bool get_direct_mem_ptr(Payload&, tlm::tlm_dmi& dmi) override { return on_direct(dmi); }
  unsigned transport_dbg(Payload& payload) override { return on_debug(payload); }
};

struct ScriptedInitiator : sc_core::sc_module, tlm::tlm_bw_transport_if<> {
  tlm::tlm_initiator_socket<> socket{"socket"};

  std::function<tlm::tlm_sync_enum(Payload&, tlm::tlm_phase&, sc_core::sc_time&)> on_phase =
      [](Payload&, tlm::tlm_phase&, sc_core::sc_time&) { return tlm::TLM_ACCEPTED; };

  explicit ScriptedInitiator(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.bind(*this);
  }
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    return on_phase(payload, phase, delay);
  }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
};

struct ScriptedHop {
  ScriptedInitiator initiator;
  ProtocolChecker checker;
  ScriptedTarget target;

  explicit ScriptedHop(ProtocolChecker::Reaction reaction = ProtocolChecker::Reaction::collect)
      : initiator(sc_core::sc_gen_unique_name("initiator")),
        checker(sc_core::sc_gen_unique_name("checker"), reaction),
        target(sc_core::sc_gen_unique_name("target")) {
    initiator.socket.bind(checker.target);
    checker.initiator.bind(target.socket);
  }

  void blocking(Payload& payload) {
    sc_core::sc_time delay;
    initiator.socket->b_transport(payload, delay);
  }
  // From the initiator, from the target.
  void forward(Payload& payload, tlm::tlm_phase phase,
               sc_core::sc_time delay = sc_core::SC_ZERO_TIME) {
    initiator.socket->nb_transport_fw(payload, phase, delay);
  }
  void backward(Payload& payload, tlm::tlm_phase phase,
                sc_core::sc_time delay = sc_core::SC_ZERO_TIME) {
    if (phase == tlm::BEGIN_RESP) payload.set_response_status(tlm::TLM_OK_RESPONSE);
    target.socket->nb_transport_bw(payload, phase, delay);
  }
  void handshake(Payload& payload) {  // all four phases
    forward(payload, tlm::BEGIN_REQ);
    backward(payload, tlm::END_REQ);
    backward(payload, tlm::BEGIN_RESP);
    forward(payload, tlm::END_RESP);
  }
  // What the next call down the path returns, and the phase and delay it leaves.
  void target_answers(tlm::tlm_sync_enum answer, tlm::tlm_phase left,
                      sc_core::sc_time delay = sc_core::SC_ZERO_TIME) {
    target.on_phase = scripted(answer, left, delay);
  }
  void initiator_answers(tlm::tlm_sync_enum answer, tlm::tlm_phase left,
                         sc_core::sc_time delay = sc_core::SC_ZERO_TIME) {
    initiator.on_phase = scripted(answer, left, delay);
  }

 private:
  static std::function<tlm::tlm_sync_enum(Payload&, tlm::tlm_phase&, sc_core::sc_time&)> scripted(
      tlm::tlm_sync_enum answer, const tlm::tlm_phase& left, sc_core::sc_time left_delay) {
    return [=](Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) {
      if (answer != tlm::TLM_ACCEPTED) payload.set_response_status(tlm::TLM_OK_RESPONSE);
      phase = left;
      delay = left_delay;
      return answer;
    };
  }
};

}  // namespace dwmtj::test
