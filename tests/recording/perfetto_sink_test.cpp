// SPDX-License-Identifier: Apache-2.0
#include "recording/perfetto_sink.h"

#include <random>
#include <unistd.h>

#include <gmock/gmock.h>
#include <sys/wait.h>

#include "common/disk_full_error.h"
#include "tests/recording/file_size_limit.h"
#include "tests/recording/sample_transactions.h"
#include "tests/recording/timeline_check.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj::test {
namespace {

using testing::ElementsAre;

struct PerfettoSinkTest : testing::Test {
  TemporaryFolder folder;
  std::filesystem::path file = folder / "timeline.json";

  [[nodiscard]] Json events(const std::string& phase = "") const {
    Json picked = Json::array();
    for (const auto& event : Json::parse(read_text(file))) {
      if (phase.empty() || event["ph"] == phase) picked.push_back(event);
    }
    return picked;
  }
};

TEST_F(PerfettoSinkTest, DrawsTheSample) {
  {
    PerfettoSink sink(file);
    record_sample(sink);
  }
  const std::string text = read_text(file);
  const auto line = [&text](int number) {
    std::istringstream lines(text);
    std::string found;
    for (int i = 0; i <= number; ++i) std::getline(lines, found);
    return found;
  };
  EXPECT_EQ(line(7),
            R"({"ph":"X","pid":1,"tid":2,"ts":0.002000,"dur":0.003000,"cat":"transaction",)"
            R"("name":"pulse","args":{"id":2,"kind":"command","address":"0x1c","length":4,)"
            R"("status":"ok","row":3,"side":"minus","command_status":"ok",)"
            R"("energy_J":1.24e-13}},)");
  EXPECT_EQ(line(8), R"({"ph":"X","pid":1,"tid":1,"ts":0.001001,"dur":0.005001,)"
                     R"("cat":"transaction","name":"read","args":{"id":1,"kind":"read",)"
                     R"("address":"0x1c","length":4,"status":"ok"}},)");
  expect_valid_timeline(events());
}

TEST_F(PerfettoSinkTest, PhasesAreSlicesWithinTheTransaction) {
  PerfettoSink sink(file);
  record_sample(sink);
  std::vector<std::string> phases;
  for (const auto& event : events("X")) {
    if (event["cat"] != "phase") continue;
    phases.push_back(event["name"].get<std::string>() + " " + event["ts"].dump() + " " +
                     event["dur"].dump());
  }
  EXPECT_THAT(phases, ElementsAre("request 0.001001 0.000999", "processing 0.002 0.003",
                                  "response 0.005 0.001002"));
}

TEST_F(PerfettoSinkTest, AnArrowLeadsFromParentToChild) {
  PerfettoSink sink(file);
  record_sample(sink);
  const Json starts = events("s");
  const Json ends = events("f");
  ASSERT_EQ(starts.size(), 1U);
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(starts[0]["tid"], 1);
  EXPECT_EQ(ends[0]["tid"], 2);
  EXPECT_EQ(picoseconds(starts[0]["ts"]), 1001);
  EXPECT_EQ(picoseconds(ends[0]["ts"]), 2000);
  for (const auto* const key : {"id", "cat", "name"}) {
    EXPECT_EQ(starts[0][key], ends[0][key]) << key;
  }
}

TEST_F(PerfettoSinkTest, OneTrackAStreamAndMoreWhileTransactionsOverlap) {
  PerfettoSink sink(file);
  record_sample(sink);
  std::vector<std::string> names;
  for (const auto& event : events("M")) {
    if (event["name"] == "thread_name") names.push_back(event["args"]["name"]);
  }
  EXPECT_THAT(names, ElementsAre("bus", "tile0.socket", "bus #2"));
}

TEST_F(PerfettoSinkTest, TheUnfinishedLastToTheEndAndSaySo) {
  PerfettoSink sink(file);
  record_sample(sink);
  const Json last = events("X").back();
  EXPECT_EQ(last["args"]["finished"], false);
  EXPECT_EQ(span_of(last).end, 9000);
}

TEST_F(PerfettoSinkTest, SaysWhetherTheRunWasCut) {
  for (const bool cut : {false, true}) {
    PerfettoSink sink(file);
    Recording recording(sink);
    if (cut) recording.cut();
    recording.finish(9000);
    const Json end = events("M").back();
    EXPECT_EQ(end["name"], "recording_end");
    EXPECT_EQ(end["args"]["complete"], cut ? "cut" : "yes");
    EXPECT_EQ(end["args"]["end_ps"], 9000);
  }
}

TEST_F(PerfettoSinkTest, AnyTextIsEscaped) {
  PerfettoSink sink(file, {{"command_line", "dwmtj \"a\\b\"\n\xff"}});
  sink.stream(StreamId{1}, "a\"b");
  sink.finish(0);
  EXPECT_EQ(events("M")[1]["args"]["command_line"], "dwmtj \"a\\b\"\n\xef\xbf\xbd");
  EXPECT_EQ(events("M")[2]["args"]["name"], "a\"b");
}

TEST_F(PerfettoSinkTest, AnEnergyThatIsNoNumberIsLeftOut) {
  PerfettoSink sink(file);
  Recording recording(sink);
  Transaction draft;
  draft.stream = *recording.add_stream("s");
  draft.command = CommandNote{"read", 0, "plus", "ok", std::nan("")};
  recording.end(*recording.begin(draft), 1);
  recording.finish(1);
  EXPECT_FALSE(events("X")[0]["args"].contains("energy_J"));
}

// Times against the protocol must not spoil the picture of the others.
TEST_F(PerfettoSinkTest, TimesThatGoBackwardsAreDrawnWithin) {
  PerfettoSink sink(file);
  Recording recording(sink);
  Transaction draft;
  draft.stream = *recording.add_stream("s");
  draft.start = 1000;
  auto* const backwards = recording.begin(draft);
  backwards->phases.add(TransactionPhase::begin_req, 1000);
  backwards->phases.add(TransactionPhase::end_req, 5000);
  backwards->phases.add(TransactionPhase::begin_resp, 1500);
  recording.end(*backwards, 3000);
  recording.end(*recording.begin(draft), 500);
  recording.finish(5000);
  expect_valid_timeline(events());
  for (const auto& event : events("X")) EXPECT_GE(event["dur"], 0.0);
}

// Random overlaps, depths and orders of ending.
TEST_F(PerfettoSinkTest, AnyRecordingIsAValidTimeline) {
  PerfettoSink sink(file);
  Recording recording(sink);
  const std::array<StreamId, 2> streams{*recording.add_stream("a"), *recording.add_stream("b")};
  std::mt19937 random(5);
  std::vector<Transaction*> open;
  for (Picoseconds time = 0; time < 400; ++time) {
    Transaction draft;
    draft.stream = streams[random() % 2];
    draft.start = time + random() % 5;
    if (!open.empty()) draft.parent = open.back()->id;
    open.push_back(recording.begin(draft));
    open.back()->phases.add(TransactionPhase::begin_req, draft.start);
    open.back()->phases.add(TransactionPhase::begin_resp, draft.start + random() % 9);
    while (!open.empty() && random() % 2 == 0) {
      recording.end(*open.back(), std::max(time, open.back()->start) + random() % 3);
      open.pop_back();
    }
  }
  recording.finish(500);
  expect_valid_timeline(events());
}

TEST_F(PerfettoSinkTest, TheSameRunLeavesTheSameBytes) {
  std::array<std::string, 2> texts;
  for (auto& text : texts) {
    {
      PerfettoSink sink(file);
      record_sample(sink);
    }
    text = read_text(file);
  }
  EXPECT_EQ(texts[0], texts[1]);
}

TEST_F(PerfettoSinkTest, IsWholeAfterAnException) {
  try {
    PerfettoSink sink(file);
    Recording recording(sink);
    record_reads(recording, *recording.add_stream("s"), 10);
    throw std::runtime_error("in the middle");
  } catch (const std::runtime_error&) {
  }
  EXPECT_EQ(events("X").size(), 10U);
}

TEST_F(PerfettoSinkTest, IsValidWhenTheProgramIsKilled) {
  const pid_t child = fork();
  if (child == 0) {
    PerfettoSink sink(file);
    Recording recording(sink);
    record_reads(recording, *recording.add_stream("s"), 10000);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_GT(events("X").size(), 5000U);
  EXPECT_LT(events("X").size(), 10000U);
}

TEST_F(PerfettoSinkTest, IsValidWhenTheDiskIsFull) {
  PerfettoSink sink(file);
  const FileSizeLimit limit(1000000);
  Recording recording(sink);
  record_reads(recording, *recording.add_stream("s"), 10000);
  EXPECT_THROW(recording.finish(1), DiskFullError);
  EXPECT_GT(events("X").size(), 2000U);
}

}  // namespace
}  // namespace dwmtj::test
