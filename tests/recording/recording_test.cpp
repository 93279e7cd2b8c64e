// SPDX-License-Identifier: Apache-2.0
// Windows, filters, ids and ends, without a kernel.
#include "recording/recording.h"

#include <gmock/gmock.h>

#include "common/input_error.h"
#include "tests/recording/mock_sink.h"
#include "tests/support/input_error_of.h"

namespace dwmtj::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Transaction draft(StreamId stream, Picoseconds start) {
  Transaction transaction;
  transaction.stream = stream;
  transaction.start = start;
  return transaction;
}

TEST(Recording, TheWindowHoldsBothItsEnds) {
  MockSink sink;
  RecordingOptions options;
  options.from = 100;
  options.to = 200;
  const Recording recording(sink, options);
  const auto wanted = [&](Picoseconds start) {
    return recording.wants(TransactionKind::read, start);
  };
  EXPECT_FALSE(wanted(99));
  EXPECT_TRUE(wanted(100));
  EXPECT_TRUE(wanted(200));
  EXPECT_FALSE(wanted(201));
}

TEST(Recording, OnlyTheKindsThatWereAskedFor) {
  MockSink sink;
  const Recording all(sink);
  const Recording some(sink, {{"*"}, {TransactionKind::command, TransactionKind::read}});
  for (int i = 0; i < static_cast<int>(TransactionKind::count_of_kinds); ++i) {
    const auto kind = static_cast<TransactionKind>(i);
    EXPECT_TRUE(all.wants(kind, 0));
    EXPECT_EQ(some.wants(kind, 0),
              kind == TransactionKind::command || kind == TransactionKind::read);
    EXPECT_EQ(transaction_kind(std::string(name_of(kind))), kind);
  }
}

TEST(Recording, AnUnknownKindIsAnswered) {
  EXPECT_EQ(input_error_of([] { transaction_kind("reads"); }),
            "no kind of transaction 'reads'; known: read, write, ignore, command, debug_read, "
            "debug_write, direct_memory");
}

TEST(Recording, AStatusThatTheStandardDoesNotKnow) {
  EXPECT_EQ(name_of(static_cast<ResponseStatus>(7)), "illegal");
}

TEST(Recording, StreamsArePickedByPattern) {
  MockSink sink;
  Recording recording(sink, {{"chip.tile[01].*", "*.bus", "tiel*"}, {}});
  EXPECT_EQ(recording.add_stream("chip.tile0.socket"), StreamId{1});
  EXPECT_EQ(recording.add_stream("chip.tile2.socket"), std::nullopt);
  EXPECT_EQ(recording.add_stream("chip.noc.bus"), StreamId{2});
  EXPECT_THAT(sink.streams, ElementsAre("chip.tile0.socket", "chip.noc.bus"));
  EXPECT_THAT(recording.unmatched_globs(), ElementsAre("tiel*"));
}

TEST(Recording, IdsCountWhatIsRecordedInOrderOfBegin) {
  MockSink sink;
  Recording recording(sink);
  const auto stream = *recording.add_stream("s");
  auto* const first = recording.begin(draft(stream, 0));
  auto* const second = recording.begin(draft(stream, 10));
  recording.end(*second, 20);
  recording.end(*first, 30);
  auto* const third = recording.begin(draft(stream, 40));
  recording.end(*third, 50);
  EXPECT_THAT(sink.recorded,
              ElementsAre("2 s read 0x0+0 [10,20] incomplete", "1 s read 0x0+0 [0,30] incomplete",
                          "3 s read 0x0+0 [40,50] incomplete"));
}

TEST(Recording, TheUnfinishedAreRecordedInOrder) {
  MockSink sink;
  Recording recording(sink);
  const auto stream = *recording.add_stream("s");
  std::array<Transaction*, 4> open{};
  for (auto*& each : open) each = recording.begin(draft(stream, 5));
  recording.end(*open[0], 6);
  recording.begin(draft(stream, 9));  // in the place that became free
  recording.finish(8);
  EXPECT_THAT(
      sink.recorded,
      ElementsAre("1 s read 0x0+0 [5,6] incomplete",  //
                  "2 s read 0x0+0 [5,8...] incomplete", "3 s read 0x0+0 [5,8...] incomplete",
                  "4 s read 0x0+0 [5,8...] incomplete", "5 s read 0x0+0 [9,9...] incomplete"));
}

TEST(Recording, AfterItsEndNothingIsWanted) {
  MockSink sink;
  Recording recording(sink);
  const auto stream = *recording.add_stream("s");
  auto* const open = recording.begin(draft(stream, 0));
  recording.finish(8);
  recording.end(*open, 9);
  recording.finish(10);
  EXPECT_FALSE(recording.wants(TransactionKind::read, 0));
  EXPECT_EQ(recording.begin(draft(stream, 0)), nullptr);
  EXPECT_EQ(recording.add_stream("t"), std::nullopt);
  EXPECT_EQ(sink.recorded.size(), 1U);
  EXPECT_EQ(sink.finished, 8);
}

// So that a program that ends by an exception leaves a whole file.
TEST(Recording, GoingOutOfScopeIsAnEndAtTheLatestTimeSeen) {
  MockSink sink;
  {
    Recording recording(sink);
    const auto stream = *recording.add_stream("s");
    recording.begin(draft(stream, 0));
    recording.end(*recording.begin(draft(stream, 1)), 7);
  }
  EXPECT_EQ(sink.recorded.back(), "1 s read 0x0+0 [0,7...] incomplete");
  EXPECT_EQ(sink.finished, 7);
}

TEST(Recording, AFullDiskEndsItAndIsThrownAtTheEnd) {
  MockSink sink;
  sink.capacity = 1;
  Recording recording(sink);
  const auto stream = *recording.add_stream("s");
  for (int i = 0; i < 2; ++i) recording.end(*recording.begin(draft(stream, i)), i);
  EXPECT_EQ(recording.failure(),
            "mock: the recording stops here (no room); what is in the file can be read");
  EXPECT_FALSE(recording.wants(TransactionKind::read, 0));
  EXPECT_EQ(recording.begin(draft(stream, 0)), nullptr);
  EXPECT_THROW(recording.finish(10), DiskFullError);
  EXPECT_EQ(sink.recorded.size(), 1U);
  EXPECT_EQ(sink.finished, std::nullopt);
}

TEST(Recording, RecordingsShareNothing) {
  std::array<MockSink, 2> sinks;
  std::array<Recording, 2> recordings{Recording(sinks[0]), Recording(sinks[1])};
  for (auto& recording : recordings) {
    const auto stream = *recording.add_stream("s");
    recording.end(*recording.begin(draft(stream, 0)), 1);
  }
  for (auto& sink : sinks) {
    EXPECT_THAT(sink.recorded, ElementsAre("1 s read 0x0+0 [0,1] incomplete"));
  }
}

}  // namespace
}  // namespace dwmtj::test
