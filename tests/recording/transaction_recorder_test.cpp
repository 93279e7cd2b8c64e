// SPDX-License-Identifier: Apache-2.0
// What a recorder says about blocking, debug and direct access, and that nobody notices it.
#include <deque>

#include <gmock/gmock.h>

#include "tests/recording/recorded_path.h"
#include "tlm/command_extension.h"

namespace dwmtj::test {
namespace {

using sc_core::sc_time;
using testing::ElementsAre;
using testing::IsEmpty;

const RecordingOptions kLowerOnly{{"lower"}, {}};

SYSTEMC_TEST(TransactionRecorder, BlockingBeginsAndEndsWithItsAnnotation) {
  MockSink sink;
  Recording recording(sink, kLowerOnly);
  RecordedPath path(recording);
  five_nanoseconds(path);
  GoodPayload payload;
  path.blocking(payload);
  sc_core::sc_start(ns(20));
  payload.set_read();
  path.blocking(payload, ns(3));
  EXPECT_THAT(sink.streams, ElementsAre("lower"));
  EXPECT_THAT(sink.recorded, ElementsAre("1 lower write 0x10+4 [0,5000] ok",
                                         "2 lower read 0x10+4 [23000,28000] ok"));
}

SYSTEMC_TEST(TransactionRecorder, ChildrenAreLinkedToTheTransactionAbove) {
  MockSink sink;
  Recording recording(sink);
  RecordedPath path(recording);
  five_nanoseconds(path);
  GoodPayload payload;
  path.blocking(payload);
  path.blocking(payload);
  EXPECT_THAT(sink.streams, ElementsAre("upper", "lower"));
  EXPECT_THAT(sink.begun, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(
      sink.recorded,
      ElementsAre("2<1 lower write 0x10+4 [0,5000] ok", "1 upper write 0x10+4 [0,5000] ok",
                  "4<3 lower write 0x10+4 [0,5000] ok", "3 upper write 0x10+4 [0,5000] ok"));
}

SYSTEMC_TEST(TransactionRecorder, EveryResponseStatusIsTold) {
  MockSink sink;
  Recording recording(sink, kLowerOnly);
  RecordedPath path(recording);
  const std::vector<std::string> names{
      "byte enable error", "burst error", "command error", "address error", "generic error",
      "incomplete",        "ok"};
  for (int status = -5; status <= 1; ++status) {
    if (status == 0) continue;  // a target that answers so breaks the protocol
    path.target.on_blocking = [status](Payload& payload, sc_time&) {
      payload.set_response_status(static_cast<tlm::tlm_response_status>(status));
    };
    GoodPayload payload;
    path.blocking(payload);
    EXPECT_EQ(name_of(sink.transactions.back().status),
              names[static_cast<std::size_t>(status + 5)]);
  }
}

SYSTEMC_TEST(TransactionRecorder, TheCommandOfATileIsRead) {
  MockSink sink;
  Recording recording(sink, kLowerOnly);
  RecordedPath path(recording);
  CommandExtension extension;
  extension.command = {TileOp::program, 3, Side::minus, {}};
  path.target.on_blocking = [&extension](Payload& payload, sc_time&) {
    extension.result.status = TileStatus::flagged;
    extension.energy = from_si<Energy>(2e-12);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  };
  GoodPayload payload;
  payload.set_extension(&extension);
  path.blocking(payload);
  payload.clear_extension(&extension);
  EXPECT_THAT(sink.recorded,
              ElementsAre("1 lower command program/3/minus/flagged 0x10+4 [0,0] ok"));
  EXPECT_EQ(sink.transactions.front().command->joules, 2e-12);
}

// What a target puts on was not asked for.
SYSTEMC_TEST(TransactionRecorder, ACommandIsOneFromItsRequestOn) {
  MockSink sink;
  Recording recording(sink, kLowerOnly);
  RecordedPath path(recording);
  CommandExtension extension;
  path.target.on_blocking = [&extension](Payload& taken, sc_time&) {
    taken.set_extension(&extension);
    taken.set_response_status(tlm::TLM_OK_RESPONSE);
  };
  GoodPayload payload;
  path.blocking(payload);
  payload.clear_extension(&extension);
  EXPECT_THAT(sink.recorded, ElementsAre("1 lower write 0x10+4 [0,0] ok"));
}

SYSTEMC_TEST(TransactionRecorder, TheAddressIsThatOfTheRequest) {
  MockSink sink;
  Recording recording(sink, kLowerOnly);
  RecordedPath path(recording);
  path.target.on_blocking = [](Payload& payload, sc_time&) {
    payload.set_address(0);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  };
  GoodPayload payload;
  path.blocking(payload);
  EXPECT_EQ(sink.transactions.front().address, 16U);
}

SYSTEMC_TEST(TransactionRecorder, DebugTakesNoTimeAndSaysWhetherAllBytesWent) {
  MockSink sink;
  Recording recording(sink, kLowerOnly);
  RecordedPath path(recording);
  sc_core::sc_start(ns(7));
  GoodPayload payload;
  EXPECT_EQ(path.initiator.socket->transport_dbg(payload), 4U);
  path.target.on_debug = [](Payload&) { return 3U; };
  payload.set_read();
  EXPECT_EQ(path.initiator.socket->transport_dbg(payload), 3U);
  EXPECT_THAT(sink.recorded, ElementsAre("1 lower debug_write 0x10+4 [7000,7000] ok",
                                         "2 lower debug_read 0x10+4 [7000,7000] generic error"));
}

SYSTEMC_TEST(TransactionRecorder, DirectAccessIsRecordedWhenAskedFor) {
  MockSink sink;
  Recording recording(sink, kLowerOnly);
  RecordedPath path(recording);
  std::array<unsigned char, 64> memory{};
  path.target.on_direct = [&memory](tlm::tlm_dmi& dmi) {
    dmi.set_dmi_ptr(memory.data());
    dmi.set_start_address(0);
    dmi.set_end_address(63);
    dmi.allow_read_write();
    return true;
  };
  GoodPayload payload;
  tlm::tlm_dmi dmi;
  EXPECT_TRUE(path.initiator.socket->get_direct_mem_ptr(payload, dmi));
  EXPECT_EQ(dmi.get_dmi_ptr(), memory.data());
  path.target.on_direct = [](tlm::tlm_dmi& denied) {
    denied.init();
    return false;
  };
  EXPECT_FALSE(path.initiator.socket->get_direct_mem_ptr(payload, dmi));
  EXPECT_THAT(sink.recorded,
              ElementsAre("1 lower direct_memory 0x0+64 [0,0] ok",
                          "2 lower direct_memory 0x0+18446744073709551615 [0,0] generic error"));
}

SYSTEMC_TEST(TransactionRecorder, InvalidationsPass) {
  struct Initiator : sc_core::sc_module, tlm::tlm_bw_transport_if<> {
    tlm::tlm_initiator_socket<> socket{"socket"};
    std::vector<sc_dt::uint64> seen;
    explicit Initiator(const sc_core::sc_module_name& name) : sc_module(name) {
      socket.bind(*this);
    }
    tlm::tlm_sync_enum nb_transport_bw(Payload&, tlm::tlm_phase&, sc_time&) override {
      return tlm::TLM_ACCEPTED;
    }
    void invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) override {
      seen = {first, last};
    }
  };
  MockSink sink;
  Recording recording(sink);
  Initiator initiator("initiator");
  ScriptedTarget target("target");
  const auto recorder = bind_recorded(&recording, initiator.socket, target.socket);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  target.socket->invalidate_direct_mem_ptr(3, 9);
  EXPECT_THAT(initiator.seen, ElementsAre(3U, 9U));
}

SYSTEMC_TEST(TransactionRecorder, OnlyWhatIsSelectedGetsARecorder) {
  MockSink sink;
  Recording recording(sink, {{"b.*"}, {}});
  std::deque<ScriptedInitiator> initiators;
  std::deque<ScriptedTarget> targets;
  for (const auto* const name : {"a", "b", "c"}) {
    initiators.emplace_back(sc_core::sc_gen_unique_name("initiator"));
    targets.emplace_back(name);
  }
  const auto bind = [&](std::size_t i, Recording* with) {
    return bind_recorded(with, initiators[i].socket, targets[i].socket);
  };
  const auto not_selected = bind(0, &recording);
  const auto selected = bind(1, &recording);
  const auto off = bind(2, nullptr);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  EXPECT_EQ(not_selected, nullptr);
  EXPECT_NE(selected, nullptr);
  EXPECT_EQ(off, nullptr);
  for (auto& initiator : initiators) {
    GoodPayload payload;
    sc_time delay;
    initiator.socket->b_transport(payload, delay);
    EXPECT_TRUE(payload.is_response_ok());
  }
  EXPECT_THAT(sink.recorded, ElementsAre("1 b.socket write 0x10+4 [0,0] ok"));
  EXPECT_THAT(recording.unmatched_globs(), IsEmpty());
}

SYSTEMC_TEST(TransactionRecorder, AThrowingTargetLeavesTheTransactionUnfinished) {
  MockSink sink;
  Recording recording(sink);
  RecordedPath path(recording);
  path.target.on_blocking = [](Payload&, sc_time&) { throw std::runtime_error("broken"); };
  GoodPayload payload;
  EXPECT_THROW(path.blocking(payload), std::runtime_error);
  EXPECT_EQ(payload.get_extension<TransactionLink>(), nullptr);
  recording.finish(100);
  EXPECT_THAT(sink.recorded, ElementsAre("1 upper write 0x10+4 [0,100...] incomplete",
                                         "2<1 lower write 0x10+4 [0,100...] incomplete"));
}

// An initiator in a thread, in a target that waits.
struct BlockedInitiator : ScriptedInitiator {
  SC_HAS_PROCESS(BlockedInitiator);
  GoodPayload payload;
  explicit BlockedInitiator(const sc_core::sc_module_name& name) : ScriptedInitiator(name) {
    SC_THREAD(run);
  }
  void run() {
    sc_time delay;
    socket->b_transport(payload, delay);
  }
};

SYSTEMC_TEST(TransactionRecorder, ABlockedCallIsUnfinishedAtTheEnd) {
  MockSink sink;
  Recording recording(sink);
  {
    BlockedInitiator initiator("initiator");
    ScriptedTarget target("target");
    target.on_blocking = [](Payload&, sc_time&) { sc_core::wait(ns(100)); };
    const auto recorder = bind_recorded(&recording, initiator.socket, target.socket);
    sc_core::sc_start(ns(50));
  }  // the payload goes before the recorder knows of an end
  recording.finish(50000);
  EXPECT_THAT(sink.recorded, ElementsAre("1 target.socket write 0x10+4 [0,50000...] incomplete"));
}

}  // namespace
}  // namespace dwmtj::test
