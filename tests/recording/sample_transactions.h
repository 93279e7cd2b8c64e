// SPDX-License-Identifier: Apache-2.0
// A recording made by hand, for the sinks: no kernel.
#pragma once

#include "recording/recording.h"

namespace dwmtj::test {

// Two streams. A read in phases whose child is a command, an access that fails, and one that is
// still under way at 9 ns.
inline void record_sample(TransactionSink& sink) {
  Recording recording(sink);
  const auto bus = *recording.add_stream("bus");
  const auto tile = *recording.add_stream("tile0.socket");
  Transaction draft;
  draft.stream = bus;
  draft.address = 0x1c;
  draft.length = 4;
  draft.start = 1001;
  auto* const read = recording.begin(draft);
  read->phases.add(TransactionPhase::begin_req, 1001);
  read->phases.add(TransactionPhase::end_req, 2000);
  draft.parent = read->id;
  draft.stream = tile;
  draft.kind = TransactionKind::command;
  draft.command = CommandNote{"pulse", 3, "minus", "", 0.0};
  draft.start = 2000;
  auto* const command = recording.begin(draft);
  command->command->status = "ok";
  command->command->joules = 1.24e-13;
  command->status = ResponseStatus::ok;
  recording.end(*command, 5000);
  read->phases.add(TransactionPhase::begin_resp, 5000);
  read->phases.add(TransactionPhase::end_resp, 6002);
  read->status = ResponseStatus::ok;
  recording.end(*read, 6002);
  draft = Transaction{};
  draft.stream = bus;
  draft.kind = TransactionKind::write;
  draft.start = 7000;
  auto* const failing = recording.begin(draft);
  draft.start = 7500;
  recording.begin(draft);
  failing->status = ResponseStatus::address_error;
  recording.end(*failing, 8000);
  recording.finish(9000);
}

// `count` reads of 1 ns, one after another.
inline void record_reads(Recording& recording, StreamId stream, int count) {
  Transaction draft;
  draft.stream = stream;
  for (int i = 0; i < count; ++i) {
    draft.start += 1000;
    auto* const read = recording.begin(draft);
    if (read == nullptr) return;
    read->status = ResponseStatus::ok;
    recording.end(*read, draft.start + 1000);
  }
}

}  // namespace dwmtj::test
