// SPDX-License-Identifier: Apache-2.0
// Non-blocking transactions: the phases and their times, in each of the ways the base protocol has.
#include <gmock/gmock.h>

#include "tests/recording/recorded_path.h"

namespace dwmtj::test {
namespace {

using sc_core::sc_time;
using testing::ElementsAre;
using tlm::BEGIN_REQ;
using tlm::BEGIN_RESP;
using tlm::END_REQ;
using tlm::END_RESP;

// What the next calls to one side answer.
auto answering(tlm::tlm_sync_enum answer, tlm::tlm_phase left, sc_time left_delay) {
  return [=](Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
    const bool responds = answer == tlm::TLM_COMPLETED || left == BEGIN_RESP;
    if (responds) payload.set_response_status(tlm::TLM_OK_RESPONSE);
    phase = left;
    delay = left_delay;
    return answer;
  };
}

// Records the lower hop only.
struct PhasesBench {
  MockSink sink;
  Recording recording{sink, {{"lower"}, {}}};
  RecordedPath path{recording};
  GoodPayload payload;

  void expect(const std::string& line) {
    EXPECT_THAT(sink.recorded, ElementsAre(line));
    EXPECT_EQ(payload.get_extension<TransactionLink>(), nullptr);
    EXPECT_EQ(path.above.in_progress(), 0U);
  }
};

SYSTEMC_TEST(TransactionPhases, FourPhasesAtTheirTimes) {
  PhasesBench bench;
  bench.path.forward(bench.payload, BEGIN_REQ, ns(1));
  sc_core::sc_start(ns(2));
  bench.path.backward(bench.payload, END_REQ);
  sc_core::sc_start(ns(50));
  bench.path.backward(bench.payload, BEGIN_RESP);
  sc_core::sc_start(ns(1));
  bench.path.forward(bench.payload, END_RESP, ns(0.25));
  bench.expect(
      "1 lower write 0x10+4 [1000,53250] ok BEGIN_REQ@1000 END_REQ@2000 BEGIN_RESP@52000 "
      "END_RESP@53250");
}

SYSTEMC_TEST(TransactionPhases, CompletedAtOnce) {
  PhasesBench bench;
  bench.path.target.on_phase = answering(tlm::TLM_COMPLETED, BEGIN_REQ, ns(8));
  bench.path.forward(bench.payload, BEGIN_REQ);
  bench.expect("1 lower write 0x10+4 [0,8000] ok BEGIN_REQ@0");
}

SYSTEMC_TEST(TransactionPhases, EndOfRequestOnTheReturnPath) {
  PhasesBench bench;
  bench.path.target.on_phase = answering(tlm::TLM_UPDATED, END_REQ, ns(2));
  bench.path.forward(bench.payload, BEGIN_REQ);
  sc_core::sc_start(ns(5));
  bench.path.initiator.on_phase = answering(tlm::TLM_COMPLETED, BEGIN_RESP, ns(1));
  bench.path.backward(bench.payload, BEGIN_RESP);
  bench.expect("1 lower write 0x10+4 [0,6000] ok BEGIN_REQ@0 END_REQ@2000 BEGIN_RESP@5000");
}

SYSTEMC_TEST(TransactionPhases, ResponseOnTheReturnPath) {
  PhasesBench bench;
  bench.path.target.on_phase = answering(tlm::TLM_UPDATED, BEGIN_RESP, ns(4));
  bench.path.forward(bench.payload, BEGIN_REQ);
  EXPECT_EQ(bench.payload.get_extension<TransactionLink>(), nullptr);
  sc_core::sc_start(ns(9));
  bench.path.target.on_phase = answering(tlm::TLM_ACCEPTED, END_RESP, sc_core::SC_ZERO_TIME);
  bench.path.forward(bench.payload, END_RESP);
  bench.expect("1 lower write 0x10+4 [0,9000] ok BEGIN_REQ@0 BEGIN_RESP@4000 END_RESP@9000");
}

SYSTEMC_TEST(TransactionPhases, EndOfResponseOnTheReturnPath) {
  PhasesBench bench;
  bench.path.forward(bench.payload, BEGIN_REQ);
  sc_core::sc_start(ns(3));
  bench.path.initiator.on_phase = answering(tlm::TLM_UPDATED, END_RESP, ns(2));
  bench.path.backward(bench.payload, BEGIN_RESP);
  bench.expect("1 lower write 0x10+4 [0,5000] ok BEGIN_REQ@0 BEGIN_RESP@3000 END_RESP@5000");
}

SYSTEMC_TEST(TransactionPhases, AllWithinTheFirstCall) {
  PhasesBench bench;
  bench.path.initiator.on_phase = answering(tlm::TLM_COMPLETED, BEGIN_RESP, ns(0));
  bench.path.target.on_phase = [&](Payload& payload, tlm::tlm_phase&, sc_time&) {
    bench.path.backward(payload, BEGIN_RESP);
    return tlm::TLM_ACCEPTED;
  };
  bench.path.forward(bench.payload, BEGIN_REQ);
  bench.expect("1 lower write 0x10+4 [0,0] ok BEGIN_REQ@0 BEGIN_RESP@0");
}

SYSTEMC_TEST(TransactionPhases, LinkedAcrossTwoHopsAndPipelined) {
  MockSink sink;
  Recording recording(sink);
  RecordedPath path(recording);
  path.initiator.on_phase = [](Payload&, tlm::tlm_phase& phase, sc_time&) {
    return phase == BEGIN_RESP ? tlm::TLM_COMPLETED : tlm::TLM_ACCEPTED;
  };
  GoodPayload first;
  GoodPayload second;
  for (auto* const payload : {&first, &second}) {
    path.forward(*payload, BEGIN_REQ);
    path.backward(*payload, END_REQ);
  }
  sc_core::sc_start(ns(5));
  path.backward(first, BEGIN_RESP);
  sc_core::sc_start(ns(5));
  path.backward(second, BEGIN_RESP);
  const std::string late = "10000] ok BEGIN_REQ@0 END_REQ@0 BEGIN_RESP@10000";
  const std::string early = "5000] ok BEGIN_REQ@0 END_REQ@0 BEGIN_RESP@5000";
  EXPECT_THAT(sink.begun, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(sink.recorded,
              ElementsAre("1 upper write 0x10+4 [0," + early, "2<1 lower write 0x10+4 [0," + early,
                          "3 upper write 0x10+4 [0," + late, "4<3 lower write 0x10+4 [0," + late));
}

SYSTEMC_TEST(TransactionPhases, UnfinishedWhereverItStands) {
  MockSink sink;
  Recording recording(sink, {{"lower"}, {}});
  {
    GoodPayload requested;
    GoodPayload accepted;
    RecordedPath path(recording);
    path.forward(accepted, BEGIN_REQ);
    sc_core::sc_start(ns(1));
    path.backward(accepted, END_REQ);
    path.forward(requested, BEGIN_REQ, ns(4));
    recording.finish(2000);
    path.backward(accepted, BEGIN_RESP);  // after the end nothing is recorded
    path.forward(accepted, END_RESP);
  }  // recorders go first, then payloads that still carry a link
  EXPECT_THAT(sink.recorded,
              ElementsAre("1 lower write 0x10+4 [0,2000...] incomplete BEGIN_REQ@0 END_REQ@1000",
                          "2 lower write 0x10+4 [5000,5000...] incomplete BEGIN_REQ@5000"));
  EXPECT_EQ(sink.finished, 2000);
}

SYSTEMC_TEST(TransactionPhases, APayloadMayGoBeforeItsRecorder) {
  MockSink sink;
  Recording recording(sink);
  RecordedPath path(recording);
  auto payload = std::make_unique<GoodPayload>();
  path.forward(*payload, BEGIN_REQ);
  payload.reset();
  recording.finish(1);
  EXPECT_EQ(sink.recorded.size(), 2U);
}

TEST(PhaseMarks, KeepTheFirstFour) {
  PhaseMarks marks;
  EXPECT_TRUE(marks.empty());
  for (Picoseconds time = 1; time <= 5; ++time) marks.add(TransactionPhase::end_resp, time);
  ASSERT_EQ(marks.end() - marks.begin(), 4);
  EXPECT_EQ(marks.begin()->time, 1);
  EXPECT_EQ((marks.end() - 1)->time, 4);
  EXPECT_FALSE(marks.empty());
}

// Nothing but the protocol checker has to say something about it: here there is none.
SYSTEMC_TEST(TransactionPhases, SentAgainBeforeItsEnd) {
  MockSink sink;
  Recording recording(sink);
  ScriptedInitiator initiator("initiator");
  ScriptedTarget target("target");
  const auto recorder = bind_recorded(&recording, initiator.socket, target.socket);
  GoodPayload payload;
  tlm::tlm_phase phase = BEGIN_REQ;
  sc_time delay;
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  initiator.socket->nb_transport_fw(payload, phase, delay);
  sc_core::sc_start(ns(3));
  initiator.socket->nb_transport_fw(payload, phase, delay);
  recording.finish(4000);
  EXPECT_THAT(sink.recorded,
              ElementsAre("1 target.socket write 0x10+4 [0,3000...] incomplete BEGIN_REQ@0",
                          "2 target.socket write 0x10+4 [3000,4000...] incomplete BEGIN_REQ@3000"));
}

}  // namespace
}  // namespace dwmtj::test
