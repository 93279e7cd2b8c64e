// SPDX-License-Identifier: Apache-2.0
// Stands between two TLM-2.0 sockets and tells a recording what passes: docs/recording/
// transaction_recorder.md. It passes every call on as it is: no time, and no change of the payload
// but an extension of its own, gone again when the response passes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include <systemc>
#include <tlm>

#include "recording/recording.h"
#include "recording/transaction_link.h"

namespace dwmtj {

class TransactionRecorder : public sc_core::sc_module,
                            private tlm::tlm_fw_transport_if<>,
                            private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<> target;        // the initiator binds to it
  tlm::tlm_initiator_socket<> initiator;  // bound to the target

  // `stream` is the name under which it records: its own if empty.
  TransactionRecorder(const sc_core::sc_module_name& name, Recording& recording,
                      const std::string& stream = "");

 private:
  using Payload = tlm::tlm_generic_payload;
  // A non-blocking transaction under way.
  struct Open {
    Transaction* transaction;
    TransactionId id;
    bool responded;  // the payload is not to be touched any more
  };
  class BlockingCall;

  // The transport interfaces.
  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(Payload& payload) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) override;

  Transaction* begin(const Payload& payload, TransactionKind kind, const sc_core::sc_time& delay);
  static void note_response(Transaction& transaction, const Payload& payload);

  // The course of a non-blocking transaction.
  TransactionId begin_request(Payload& payload, const sc_core::sc_time& delay);
  TransactionId on_phase(Payload& payload, const tlm::tlm_phase& phase,
                         const sc_core::sc_time& delay);
  void on_answer(Payload& payload, TransactionId id, tlm::tlm_sync_enum answer,
                 const tlm::tlm_phase& phase, const sc_core::sc_time& delay);
  void respond(Payload& payload, Open& open);
  void end(Payload& payload, Picoseconds time, bool finished = true);

  Recording& recording_;
  std::optional<StreamId> stream_;  // none: not selected
  std::unordered_map<const Payload*, Open> open_;
};

// Binds two sockets, through a recorder if `recording` is not null and selects the stream's name:
// otherwise there is none, and no cost.
template <typename Initiator, typename Target>
std::unique_ptr<TransactionRecorder> bind_recorded(Recording* recording, Initiator& initiator,
                                                   Target& target, const std::string& stream) {
  if (recording == nullptr || !recording->selects(stream)) {
    initiator.bind(target);
    return nullptr;
  }
  auto recorder = std::make_unique<TransactionRecorder>(sc_core::sc_gen_unique_name("recorder"),
                                                        *recording, stream);
  initiator.bind(recorder->target);
  recorder->initiator.bind(target);
  return recorder;
}

// The stream is named after the target.
template <typename Initiator, typename Target>
std::unique_ptr<TransactionRecorder> bind_recorded(Recording* recording, Initiator& initiator,
                                                   Target& target) {
  return bind_recorded(recording, initiator, target, target.name());
}

}  // namespace dwmtj
