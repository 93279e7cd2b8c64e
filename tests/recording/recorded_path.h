// SPDX-License-Identifier: Apache-2.0
// An initiator, two recorders and a target, whose behaviour a test scripts. Between all of them
// stand protocol checkers that report: a recorder must not show to either side.
#pragma once

#include <systemc>
#include <tlm>

#include "recording/transaction_recorder.h"
#include "tests/recording/mock_sink.h"
#include "tests/support/systemc_child.h"
#include "tests/tlm/scripted_hop.h"

namespace dwmtj::test {

inline sc_core::sc_time ns(double time) { return {time, sc_core::SC_NS}; }

struct RecordedPath {
  ScriptedInitiator initiator{"initiator"};
  ProtocolChecker above{"above"};
  TransactionRecorder upper;
  ProtocolChecker between{"between"};
  TransactionRecorder lower;
  ProtocolChecker below{"below"};
  ScriptedTarget target{"target"};

  RecordedPath(Recording& upper_recording, Recording& lower_recording)
      : upper("upper", upper_recording), lower("lower", lower_recording) {
    initiator.socket.bind(above.target);
    above.initiator.bind(upper.target);
    upper.initiator.bind(between.target);
    between.initiator.bind(lower.target);
    lower.initiator.bind(below.target);
    below.initiator.bind(target.socket);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  explicit RecordedPath(Recording& recording) : RecordedPath(recording, recording) {}

  void blocking(Payload& payload, sc_core::sc_time delay = sc_core::SC_ZERO_TIME) {
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    initiator.socket->b_transport(payload, delay);
  }
  tlm::tlm_sync_enum forward(Payload& payload, tlm::tlm_phase phase,
                             sc_core::sc_time delay = sc_core::SC_ZERO_TIME) {
    return initiator.socket->nb_transport_fw(payload, phase, delay);
  }
  tlm::tlm_sync_enum backward(Payload& payload, tlm::tlm_phase phase,
                              sc_core::sc_time delay = sc_core::SC_ZERO_TIME) {
    if (phase == tlm::BEGIN_RESP) payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return target.socket->nb_transport_bw(payload, phase, delay);
  }
};

// The target takes 5 ns for each blocking transaction.
inline void five_nanoseconds(RecordedPath& path) {
  path.target.on_blocking = [](Payload& payload, sc_core::sc_time& delay) {
    delay += ns(5);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  };
}

}  // namespace dwmtj::test
