// SPDX-License-Identifier: Apache-2.0
#include "recording/transaction_recorder.h"

#include <limits>

#include "common/sim_time.h"
#include "recording/command_note.h"

namespace dwmtj {
namespace {

using sc_core::sc_time;
using tlm::tlm_generic_payload;
using tlm::tlm_phase;

Picoseconds at(const sc_time& delay) { return now_ps() + to_picoseconds(delay); }

TransactionKind kind_of(const tlm_generic_payload& payload) {
  if (payload.get_extension<CommandExtension>() != nullptr) return TransactionKind::command;
  if (payload.is_read()) return TransactionKind::read;
  return payload.is_write() ? TransactionKind::write : TransactionKind::ignore;
}

// None: a phase of another protocol, or BEGIN_REQ, which opens a transaction.
std::optional<TransactionPhase> later_phase(const tlm_phase& phase) {
  if (phase == tlm::END_REQ) return TransactionPhase::end_req;
  if (phase == tlm::BEGIN_RESP) return TransactionPhase::begin_resp;
  if (phase == tlm::END_RESP) return TransactionPhase::end_resp;
  return std::nullopt;
}

void note_range(Transaction& transaction, const tlm::tlm_dmi& dmi, bool granted) {
  const std::uint64_t last = dmi.get_end_address() - dmi.get_start_address();
  transaction.address = dmi.get_start_address();
  transaction.length = last == std::numeric_limits<std::uint64_t>::max() ? last : last + 1;
  transaction.status = granted ? ResponseStatus::ok : ResponseStatus::generic_error;
}

}  // namespace

TransactionRecorder::TransactionRecorder(const sc_core::sc_module_name& name, Recording& recording,
                                         const std::string& stream)
    : sc_module(name),
      target("target"),
      initiator("initiator"),
      recording_(recording),
      stream_(recording.add_stream(stream.empty() ? this->name() : stream)) {
  target.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
  initiator.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
}

// Takes the link off the payload again, also when the call throws or its process is killed.
class TransactionRecorder::BlockingCall {
 public:
  BlockingCall(const Recording& recording, Payload& payload, TransactionId id)
      : recording_(recording), payload_(payload), id_(id) {
    TransactionLink::add(payload, recording, id);
  }
  ~BlockingCall() { TransactionLink::remove(payload_, recording_, id_); }
  BlockingCall(const BlockingCall&) = delete;
  BlockingCall& operator=(const BlockingCall&) = delete;

 private:
  const Recording& recording_;
  Payload& payload_;
  TransactionId id_;
};

// --- The transport interfaces

void TransactionRecorder::b_transport(Payload& payload, sc_time& delay) {
  Transaction* const transaction = begin(payload, kind_of(payload), delay);
  if (transaction == nullptr) {
    initiator->b_transport(payload, delay);
    return;
  }
  {
    const BlockingCall call(recording_, payload, transaction->id);
    initiator->b_transport(payload, delay);
  }
  note_response(*transaction, payload);
  recording_.end(*transaction, at(delay));
}

tlm::tlm_sync_enum TransactionRecorder::nb_transport_fw(Payload& payload, tlm_phase& phase,
                                                        sc_time& delay) {
  const TransactionId id =
      phase == tlm::BEGIN_REQ ? begin_request(payload, delay) : on_phase(payload, phase, delay);
  const auto answer = initiator->nb_transport_fw(payload, phase, delay);
  if (id != TransactionId{}) on_answer(payload, id, answer, phase, delay);
  return answer;
}

tlm::tlm_sync_enum TransactionRecorder::nb_transport_bw(Payload& payload, tlm_phase& phase,
                                                        sc_time& delay) {
  const TransactionId id = on_phase(payload, phase, delay);
  const auto answer = target->nb_transport_bw(payload, phase, delay);
  if (id != TransactionId{}) on_answer(payload, id, answer, phase, delay);
  return answer;
}

bool TransactionRecorder::get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) {
  Transaction* const transaction =
      begin(payload, TransactionKind::direct_memory, sc_core::SC_ZERO_TIME);
  const bool granted = initiator->get_direct_mem_ptr(payload, dmi);
  if (transaction == nullptr) return granted;
  note_range(*transaction, dmi, granted);
  recording_.end(*transaction, transaction->start);
  return granted;
}

unsigned TransactionRecorder::transport_dbg(Payload& payload) {
  const auto kind = payload.is_write() ? TransactionKind::debug_write : TransactionKind::debug_read;
  Transaction* const transaction = begin(payload, kind, sc_core::SC_ZERO_TIME);
  const unsigned count = initiator->transport_dbg(payload);
  if (transaction == nullptr) return count;
  // The debug transport knows no response: all bytes or not.
  transaction->status =
      count == transaction->length ? ResponseStatus::ok : ResponseStatus::generic_error;
  recording_.end(*transaction, transaction->start);
  return count;
}

void TransactionRecorder::invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) {
  target->invalidate_direct_mem_ptr(first, last);
}

// --- What is known at the begin, and at the response

Transaction* TransactionRecorder::begin(const Payload& payload, TransactionKind kind,
                                        const sc_time& delay) {
  if (!stream_) return nullptr;
  const Picoseconds start = at(delay);
  if (!recording_.wants(kind, start)) return nullptr;
  Transaction draft;
  draft.parent = TransactionLink::parent_in(payload, recording_);
  draft.stream = *stream_;
  draft.kind = kind;
  draft.address = payload.get_address();
  draft.length = payload.get_data_length();
  draft.start = start;
  if (kind == TransactionKind::command) {
    draft.command = note_of(payload.get_extension<CommandExtension>()->command);
  }
  return recording_.begin(draft);
}

void TransactionRecorder::note_response(Transaction& transaction, const Payload& payload) {
  transaction.status = static_cast<ResponseStatus>(payload.get_response_status());
  const auto* const extension = payload.get_extension<CommandExtension>();
  if (transaction.command && extension != nullptr) note_answer(*transaction.command, *extension);
}

// --- The course of a non-blocking transaction

TransactionId TransactionRecorder::begin_request(Payload& payload, const sc_time& delay) {
  // Against the protocol: sent again before its end. The first is left unfinished.
  if (open_.count(&payload) != 0) end(payload, at(delay), false);
  Transaction* const transaction = begin(payload, kind_of(payload), delay);
  if (transaction == nullptr) return TransactionId{};
  transaction->phases.add(TransactionPhase::begin_req, transaction->start);
  const TransactionId id = transaction->id;
  open_[&payload] = {transaction, id, false};
  TransactionLink::add(payload, recording_, id);
  return id;
}

// The transaction that the phase belongs to, if it is recorded.
TransactionId TransactionRecorder::on_phase(Payload& payload, const tlm_phase& phase,
                                            const sc_time& delay) {
  const auto mark = later_phase(phase);
  const auto found = mark ? open_.find(&payload) : open_.end();
  if (found == open_.end()) return TransactionId{};
  Open& open = found->second;
  const TransactionId id = open.id;
  open.transaction->phases.add(*mark, at(delay));
  if (*mark == TransactionPhase::begin_resp) respond(payload, open);
  if (*mark == TransactionPhase::end_resp) end(payload, at(delay));
  return id;
}

// By the time of the answer, calls within the call may have ended the transaction.
void TransactionRecorder::on_answer(Payload& payload, TransactionId id, tlm::tlm_sync_enum answer,
                                    const tlm_phase& phase, const sc_time& delay) {
  if (answer == tlm::TLM_ACCEPTED) return;
  const auto found = open_.find(&payload);
  if (found == open_.end() || found->second.id != id) return;
  if (answer == tlm::TLM_UPDATED) {
    on_phase(payload, phase, delay);
  } else {
    end(payload, at(delay));
  }
}

// The response is read and the link taken off before an initiator sees it and may recycle the
// payload.
void TransactionRecorder::respond(Payload& payload, Open& open) {
  if (open.responded) return;
  open.responded = true;
  note_response(*open.transaction, payload);
  TransactionLink::remove(payload, recording_, open.id);
}

void TransactionRecorder::end(Payload& payload, Picoseconds time, bool finished) {
  const auto found = open_.find(&payload);
  respond(payload, found->second);
  recording_.end(*found->second.transaction, time, finished);
  open_.erase(found);
}

}  // namespace dwmtj
