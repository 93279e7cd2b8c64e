// SPDX-License-Identifier: Apache-2.0
// Who is the parent of whom: through filters, other recordings and interconnects that copy.
// Leaks and uses after free show in the sanitized build.
#include "recording/transaction_link.h"

#include <gmock/gmock.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include "tests/recording/recorded_path.h"

namespace dwmtj::test {
namespace {

using testing::ElementsAre;

struct Two {
  std::array<MockSink, 2> sinks;
  Recording first{sinks[0]};
  Recording second{sinks[1]};
};

TransactionId id(std::uint64_t number) { return TransactionId{number}; }

TEST(TransactionLink, EachRecordingSeesItsOwn) {
  Two recordings;
  GoodPayload payload;
  TransactionLink::add(payload, recordings.first, id(7));
  TransactionLink::add(payload, recordings.second, id(8));
  EXPECT_EQ(TransactionLink::parent_in(payload, recordings.first), id(7));
  EXPECT_EQ(TransactionLink::parent_in(payload, recordings.second), id(8));
  TransactionLink::remove(payload, recordings.second, id(8));
  EXPECT_EQ(TransactionLink::parent_in(payload, recordings.second), TransactionId{});
  TransactionLink::remove(payload, recordings.first, id(7));
  EXPECT_EQ(payload.get_extension<TransactionLink>(), nullptr);
}

TEST(TransactionLink, TheUpperMayGoFirst) {
  Two recordings;
  GoodPayload payload;
  TransactionLink::add(payload, recordings.first, id(7));
  TransactionLink::add(payload, recordings.first, id(8));
  TransactionLink::remove(payload, recordings.first, id(7));
  EXPECT_EQ(TransactionLink::parent_in(payload, recordings.first), id(8));
  TransactionLink::remove(payload, recordings.first, id(8));
  EXPECT_EQ(payload.get_extension<TransactionLink>(), nullptr);
}

TEST(TransactionLink, ACopyHasTheSameParents) {
  Two recordings;
  GoodPayload payload;
  TransactionLink::add(payload, recordings.first, id(7));
  Payload copy;
  std::array<unsigned char, 4> bytes{};
  copy.set_data_ptr(bytes.data());
  copy.deep_copy_from(payload);
  TransactionLink::remove(payload, recordings.first, id(7));
  EXPECT_EQ(TransactionLink::parent_in(copy, recordings.first), id(7));
  EXPECT_EQ(TransactionLink::parent_in(copy, recordings.second), TransactionId{});
  TransactionLink::add(payload, recordings.first, id(9));
  copy.deep_copy_from(payload);
  EXPECT_EQ(TransactionLink::parent_in(copy, recordings.first), id(9));
}  // both payloads free what they still have

TEST(TransactionLink, AStrippedPayloadIsNoTrouble) {
  Two recordings;
  GoodPayload payload;
  TransactionLink::add(payload, recordings.first, id(1));
  payload.release_extension<TransactionLink>();
  payload.reset();
  TransactionLink::remove(payload, recordings.first, id(1));
  EXPECT_EQ(payload.get_extension<TransactionLink>(), nullptr);
}

SYSTEMC_TEST(TransactionLink, AFilteredHopIsSkipped) {
  MockSink sink;
  // The upper hop is not selected, the write of a lower hop neither.
  Recording recording(sink, {{"lower"}, {TransactionKind::read}});
  RecordedPath path(recording);
  GoodPayload payload;
  path.blocking(payload);
  payload.set_read();
  path.blocking(payload);
  EXPECT_THAT(sink.recorded, ElementsAre("1 lower read 0x10+4 [0,0] ok"));
}

// An interconnect that takes a nanosecond.
struct Interconnect : sc_core::sc_module {
  tlm_utils::simple_target_socket<Interconnect> in{"in"};
  tlm_utils::simple_initiator_socket<Interconnect> out{"out"};
  explicit Interconnect(const sc_core::sc_module_name& name) : sc_module(name) {
    in.register_b_transport(this, &Interconnect::b_transport);
  }
  void b_transport(Payload& payload, sc_core::sc_time& delay) {
    delay += ns(1);
    out->b_transport(payload, delay);
  }
};

SYSTEMC_TEST(TransactionLink, AParentOutsideTheWindowIsNone) {
  MockSink sink;
  RecordingOptions options;
  options.from = 2000;
  Recording recording(sink, options);
  ScriptedInitiator initiator("initiator");
  Interconnect interconnect("interconnect");
  ScriptedTarget target("target");
  const auto upper = bind_recorded(&recording, initiator.socket, interconnect.in);
  const auto lower = bind_recorded(&recording, interconnect.out, target.socket);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  for (const double time : {0.0, 1.0, 2.0}) {
    GoodPayload payload;
    sc_core::sc_time delay = ns(time);
    initiator.socket->b_transport(payload, delay);
  }
  EXPECT_THAT(sink.recorded, ElementsAre("1 target.socket write 0x10+4 [2000,2000] ok",
                                         "3<2 target.socket write 0x10+4 [3000,3000] ok",
                                         "2 interconnect.in write 0x10+4 [2000,3000] ok"));
}

SYSTEMC_TEST(TransactionLink, TwoRecordingsOnOnePathDoNotMix) {
  Two recordings;
  RecordedPath path(recordings.first, recordings.second);
  GoodPayload payload;
  path.blocking(payload);
  EXPECT_THAT(recordings.sinks[0].recorded, ElementsAre("1 upper write 0x10+4 [0,0] ok"));
  EXPECT_THAT(recordings.sinks[1].recorded, ElementsAre("1 lower write 0x10+4 [0,0] ok"));
}

}  // namespace
}  // namespace dwmtj::test
