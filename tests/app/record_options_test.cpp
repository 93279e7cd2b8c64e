// SPDX-License-Identifier: Apache-2.0
// What `dwmtj replay --record` leaves, beside what it says without.
#include <csignal>

#include <gmock/gmock.h>

#include "tests/app/program.h"
#include "tests/recording/database_reader.h"
#include "tests/recording/file_size_limit.h"
#include "tests/recording/timeline_check.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj::test {
namespace {

using testing::HasSubstr;

using Words = std::vector<std::string>;

const std::string kExamples = std::string(DWMTJ_SOURCES) + "/traces/examples/";
const std::string kTrace = kExamples + "program-and-read.trace";
const std::string kCount = "SELECT count(*) FROM transactions";
const std::string kComplete = "SELECT value FROM info WHERE key = 'complete'";

struct Record : testing::Test {
  TemporaryFolder folder;

  [[nodiscard]] static Words words(const Words& further) {
    Words all = {"replay", kTrace, "--rows", "4", "--view", "tlm"};
    all.insert(all.end(), further.begin(), further.end());
    return all;
  }
  [[nodiscard]] Outcome replay(const Words& further) const {
    return dwmtj_in(folder.path(), words(further));
  }
  [[nodiscard]] QueryRows ask(const std::string& sql) const { return query(folder / "a.db", sql); }
  [[nodiscard]] std::string ask_one(const std::string& sql) const {
    return one(folder / "a.db", sql);
  }
  [[nodiscard]] Json timeline(const char* name) const {
    return Json::parse(read_text(folder / name));
  }
  // Lines of commands.csv without their head.
  [[nodiscard]] std::vector<std::string> commands() const {
    std::istringstream text(read_text(folder / "out" / "commands.csv"));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    lines.erase(lines.begin());
    return lines;
  }
  // A trace of many commands.
  [[nodiscard]] std::string long_trace(int count) const {
    std::string text = "dwmtj-trace 1\n";
    for (int i = 0; i < count; ++i) {
      text += "- tile0 program row=0 side=plus data=" + std::to_string(i % 3) + "*8\n";
    }
    return folder.write("long.trace", text).string();
  }
  void expect_refused(const Words& further, const std::string& message) const {
    expect_refusal(replay(further), message);
  }
  static void expect_refusal(const Outcome& outcome, const std::string& message) {
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "dwmtj: " + message + "\n");
  }
};

std::vector<Json> slices(const Json& events, const std::string& category) {
  std::vector<Json> found;
  for (const auto& event : events) {
    if (event["ph"] == "X" && event["cat"] == category) found.push_back(event);
  }
  return found;
}

struct EachTiming : Record, testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(AtLt, EachTiming, testing::Values("at", "lt"));

// The head of a line of commands.csv, made by the database.
TEST_P(EachTiming, TheDatabaseHoldsTheCommandsOfTheTable) {
  const auto outcome = replay({"--timing", GetParam(), "--record", "a.db", "--out", "out"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("\ntransactions in a.db\n"));
  const auto rows = ask(
      "SELECT replace(name, '.socket', '') || ',' || transactions.id || ',' || command || "
      "iif(command = 'multiply', ',,,', ',' || row || ',' || side || ',') || start_ps || ',' || "
      "end_ps || ',' FROM transactions JOIN streams ON streams.id = stream ORDER BY start_ps");
  const auto lines = commands();
  ASSERT_EQ(rows.size(), 10U);
  ASSERT_EQ(lines.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(lines[i].substr(0, rows[i].size()), rows[i]) << lines[i];
  }
  EXPECT_EQ(ask_one("SELECT count(*) FROM phases"), GetParam() == std::string("at") ? "40" : "0");
  EXPECT_EQ(ask_one("SELECT DISTINCT command_status || ' ' || status FROM transactions"), "ok ok");
  EXPECT_EQ(ask_one(kComplete), "yes");
}

TEST_P(EachTiming, TheTimelineLastsAsLongAsTheCommands) {
  ASSERT_EQ(replay({"--timing", GetParam(), "--record", "a.json", "--record", "a.db"}).status, 0);
  const auto events = timeline("a.json");
  expect_valid_timeline(events);
  const auto rows = ask("SELECT command, start_ps, end_ps FROM transactions ORDER BY id");
  const auto transactions = slices(events, "transaction");
  ASSERT_EQ(transactions.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto span = span_of(transactions[i]);
    EXPECT_EQ(transactions[i]["name"].get<std::string>() + '|' + std::to_string(span.start) + '|' +
                  std::to_string(span.end),
              rows[i]);
  }
}

TEST_F(Record, ChangesNothing) {
  const auto without = replay({});
  const auto with = replay({"--record", "a.db", "--record", "a.json"});
  EXPECT_EQ(with.out, without.out + "transactions in a.db, a.json\n");
  EXPECT_EQ(with.err, "");
}

TEST_F(Record, AnotherRunLeavesTheSameBytes) {
  for (const auto* const place : {"a", "b"}) {
    std::filesystem::create_directory(folder / place);
    const auto outcome =
        dwmtj_in(folder / place, words({"--record", "a.db", "--record", "a.json"}));
    EXPECT_EQ(outcome.status, 0);
  }
  EXPECT_EQ(read_text(folder / "a" / "a.db"), read_text(folder / "b" / "a.db"));
  EXPECT_EQ(read_text(folder / "a" / "a.json"), read_text(folder / "b" / "a.json"));
}

TEST_F(Record, TheDatabaseIsEnoughToRunItAgain) {
  const auto first = replay({"--record", "a.db", "--seed", "7"});
  EXPECT_EQ(ask_one("SELECT value FROM info WHERE key = 'seed'"), "7");
  EXPECT_EQ(ask_one("SELECT value FROM info WHERE key = 'version'").rfind("0.", 0), 0U);
  EXPECT_THAT(ask_one("SELECT value FROM info WHERE key = 'command_line'"),
              HasSubstr("--view tlm --record a.db --seed 7"));
  for (const auto* const name : {"tile.yaml", "device.yaml"}) {
    folder.write(name, ask_one(std::string("SELECT value FROM info WHERE key = '") + name + "'"));
  }
  const auto again = replay({"--seed", "7", "--tile", (folder / "tile.yaml").string()});
  EXPECT_EQ(again.out + "transactions in a.db\n", first.out);
}

// That of docs/app/replay.md.
TEST_F(Record, TheQuestionOfThePage) {
  ASSERT_EQ(replay({"--record", "a.db"}).status, 0);
  const auto rows =
      ask("SELECT command, count(*), max(end_ps - start_ps) / 1000.0 AS worst_ns, sum(energy_J) "
          "FROM transactions GROUP BY command ORDER BY worst_ns DESC");
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[0].rfind("program|2|251.0|6.355989926", 0), 0U) << rows[0];
  EXPECT_EQ(rows[1].rfind("update|1|156.0|2.877274416", 0), 0U) << rows[1];
}

TEST_F(Record, AWindowOfWhatBegins) {
  ASSERT_EQ(replay({"--record", "a.db", "--record-from", "150 ns", "--record-to", "600ns"}).status,
            0);
  EXPECT_EQ(ask("SELECT command, row FROM transactions ORDER BY start_ps"),
            (QueryRows{"program|0", "program|1", "read|0"}));
}

TEST_F(Record, StreamsAndKinds) {
  const Words two = {"replay",    kExamples + "two-tiles.trace",
                     "--tile",    "straight",
                     "--rows",    "4",
                     "--columns", "4",
                     "--tiles",   "2",
                     "--view",    "all"};
  auto some = two;
  some.insert(some.end(), {"--record", "a.db", "--record-streams", "*tile1.*"});
  EXPECT_EQ(dwmtj_in(folder.path(), some).status, 0);
  EXPECT_EQ(ask("SELECT name FROM streams"), QueryRows{"tlm_tile1.socket"});
  EXPECT_NE(ask_one(kCount), "0");
  ASSERT_EQ(replay({"--record", "a.db", "--record-kinds", "read,write"}).status, 0);
  EXPECT_EQ(ask_one(kCount), "0");
  ASSERT_EQ(replay({"--record", "a.db", "--record-kinds", "read", "--record-kinds=command"}).status,
            0);
  EXPECT_EQ(ask_one(kCount), "10");
}

TEST_F(Record, TellsWhichOptionIsWrong) {
  expect_refusal(dwmtj_in(folder.path(), {"replay", kTrace, "--view", "pins", "--record", "a.db"}),
                 "--record: the pins view has no transactions; give --view tlm or all");
  expect_refused({"--record", "a.vcd"},
                 "--record: expected a file that ends in .db, .sqlite or .json, not 'a.vcd'");
  expect_refused({"--record", "a.db", "--record", "a.db"}, "--record: a.db is given twice");
  expect_refused({"--record", "no/a.db"},
                 "no/a.db: cannot be written (unable to open database "
                 "file)");
  expect_refused({"--record", "no/a.json"},
                 "no/a.json: cannot be written (No such file or directory)");
  expect_refused({"--record", "a.db", "--record-streams", "tile0.*", "--record-streams", "tiel*"},
                 "--record-streams: no socket matches 'tiel*'");
  expect_refused({"--record", "a.db", "--record-kinds", "reads"},
                 "--record-kinds: no kind of transaction 'reads'; known: read, write, ignore, "
                 "command, debug_read, debug_write, direct_memory");
  expect_refused({"--record", "a.db", "--record-from", "2us", "--record-to", "1us"},
                 "--record-to: before --record-from");
  expect_refused({"--record", "a.db", "--record-to", "-1us"},
                 "--record-to: expected 0 s to 1000000 s");
  expect_refused({"--record-to", "1us"},
                 "--record-streams, -kinds, -from, -to: where to? give --record FILE");
}

TEST_F(Record, CtrlCKeepsWhatWasRecorded) {
  const Words run = {"replay", long_trace(300000), "--rows", "1",        "--view", "tlm", "--out",
                     "out",    "--record",         "a.db",   "--record", "a.json"};
  Program program(dwmtj_command(run), folder.path());
  EXPECT_TRUE(Program::await_bytes(folder / "a.json", 100000));
  program.send(SIGINT);
  const auto outcome = program.wait();
  EXPECT_EQ(outcome.status, 130);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, HasSubstr("\ninterrupted\n"));
  EXPECT_THAT(outcome.out, HasSubstr("\ntransactions in a.db, a.json\n"));
  const auto count = commands().size();
  EXPECT_GT(count, 100U);
  EXPECT_LT(count, 300000U);
  EXPECT_EQ(ask_one(kCount), std::to_string(count));
  EXPECT_EQ(ask_one(kComplete), "cut");
  EXPECT_EQ(slices(timeline("a.json"), "transaction").size(), count);
}

TEST_F(Record, AFullDiskEndsTheRecordingButNotTheRun) {
  const Words run = {"replay", long_trace(10000), "--rows", "1", "--view", "tlm"};
  const auto without = dwmtj_in(folder.path(), run);
  const auto recorded = [&](const std::string& file) {
    auto all = run;
    all.insert(all.end(), {"--record", file});
    const FileSizeLimit limit(300000);
    return dwmtj_in(folder.path(), all);
  };
  for (const std::string file : {"a.db", "a.json"}) {
    const auto outcome = recorded(file);
    EXPECT_EQ(outcome.status, 3);
    EXPECT_EQ(outcome.out, without.out);
    // Not at its begin: an address sanitizer remarks on the stacks of SystemC first.
    EXPECT_NE(outcome.err.find("dwmtj: " + file + ": the recording stops here ("),
              std::string::npos)
        << outcome.err;
  }
  EXPECT_EQ(ask_one("PRAGMA integrity_check"), "ok");
  EXPECT_GE(std::stoi(ask_one(kCount)), 1000);
  EXPECT_LT(std::stoi(ask_one(kCount)), 10000);
  EXPECT_GT(slices(timeline("a.json"), "transaction").size(), 100U);
}

}  // namespace
}  // namespace dwmtj::test
