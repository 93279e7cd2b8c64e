// SPDX-License-Identifier: Apache-2.0
#include "recording/sqlite_sink.h"

#include <csignal>
#include <unistd.h>

#include <gmock/gmock.h>
#include <sys/wait.h>

#include "common/input_error.h"
#include "tests/recording/database_reader.h"
#include "tests/recording/file_size_limit.h"
#include "tests/recording/sample_transactions.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kCount = "SELECT count(*) FROM transactions";
const std::string kComplete = "SELECT value FROM info WHERE key = 'complete'";
const std::string kIndexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL";

struct SqliteSinkTest : testing::Test {
  TemporaryFolder folder;
  std::filesystem::path file = folder / "transactions.sqlite";

  void expect_sound() const { EXPECT_EQ(one(file, "PRAGMA integrity_check"), "ok"); }
  [[nodiscard]] int count() const { return std::stoi(one(file, kCount)); }
};

TEST_F(SqliteSinkTest, HoldsTheSample) {
  SqliteSink sink(file);
  record_sample(sink);
  EXPECT_THAT(query(file, "SELECT * FROM streams"), ElementsAre("1|bus", "2|tile0.socket"));
  EXPECT_THAT(query(file, "SELECT * FROM transactions ORDER BY id"),
              ElementsAre("1|1|read|28|4|1001|6002|ok|-|-|-|-|-",
                          "2|2|command|28|4|2000|5000|ok|pulse|3|minus|ok|1.24e-13",
                          "3|1|write|0|0|7000|8000|address error|-|-|-|-|-",
                          "4|1|write|0|0|7500|-|incomplete|-|-|-|-|-"));
  EXPECT_THAT(
      query(file, "SELECT * FROM phases ORDER BY rowid"),
      ElementsAre("1|BEGIN_REQ|1001", "1|END_REQ|2000", "1|BEGIN_RESP|5000", "1|END_RESP|6002"));
  EXPECT_THAT(query(file, "SELECT * FROM relations"), ElementsAre("1|2"));
  expect_sound();
}

// Those of docs/recording/sqlite_sink.md.
TEST_F(SqliteSinkTest, AnswersTheQuestionsOfItsPage) {
  SqliteSink sink(file);
  record_sample(sink);
  EXPECT_THAT(query(file, R"(
SELECT name, count(*), min(end_ps - start_ps), max(end_ps - start_ps)
  FROM transactions JOIN streams ON streams.id = stream GROUP BY stream ORDER BY stream)"),
              ElementsAre("bus|3|1000|5001", "tile0.socket|1|3000|3000"));
  EXPECT_THAT(
      query(file, R"(
SELECT transaction_id, name,
       lead(time_ps) OVER (PARTITION BY transaction_id ORDER BY phases.rowid) - time_ps
  FROM phases)"),
      ElementsAre("1|BEGIN_REQ|999", "1|END_REQ|3000", "1|BEGIN_RESP|1002", "1|END_RESP|-"));
  EXPECT_THAT(query(file, R"(
WITH RECURSIVE path(id, depth) AS (
  SELECT 1, 0 UNION ALL SELECT child, depth + 1 FROM relations JOIN path ON parent = path.id)
SELECT depth, name, coalesce(command, kind), end_ps - start_ps
  FROM path JOIN transactions USING (id) JOIN streams ON streams.id = stream)"),
              ElementsAre("0|bus|read|5001", "1|tile0.socket|pulse|3000"));
  EXPECT_EQ(one(file,
                "SELECT command, count(*), sum(energy_J) FROM transactions "
                "WHERE command NOT NULL GROUP BY command"),
            "pulse|1|1.24e-13");
  EXPECT_EQ(one(file, "SELECT id FROM transactions WHERE status NOT IN ('ok', 'incomplete')"), "3");
  EXPECT_EQ(one(file, "SELECT id FROM transactions WHERE end_ps IS NULL"), "4");
}

TEST_F(SqliteSinkTest, KeepsWhatIsNeededToRunItAgain) {
  SqliteSink sink(file, {{{"seed", "7"}, {"version", "0.1"}, {"configuration", "a: 'b'\n"}}});
  record_sample(sink);
  EXPECT_THAT(query(file, "SELECT * FROM info ORDER BY key"),
              ElementsAre("complete|yes", "configuration|a: 'b'\n", "end_ps|9000", "schema|1",
                          "seed|7", "version|0.1"));
}

TEST_F(SqliteSinkTest, BuildsItsIndexesAtTheEnd) {
  SqliteOptions options;
  options.batch = 10;
  SqliteSink sink(file, options);
  Recording recording(sink);
  record_reads(recording, *recording.add_stream("s"), 25);
  EXPECT_EQ(one(file, kCount, true), "20");  // whole batches
  EXPECT_THAT(query(file, kIndexes, true), IsEmpty());
  EXPECT_EQ(one(file, kComplete, true), "no");
  recording.finish(99);
  EXPECT_EQ(one(file, kCount), "25");
  EXPECT_THAT(query(file, kIndexes),
              ElementsAre("transactions_by_time", "transactions_by_start", "phases_by_transaction",
                          "relations_by_parent", "relations_by_child"));
  EXPECT_EQ(one(file, kComplete), "yes");
}

TEST_F(SqliteSinkTest, SaysThatTheRunWasCut) {
  SqliteSink sink(file);
  Recording recording(sink);
  record_reads(recording, *recording.add_stream("s"), 5);
  recording.cut();
  recording.finish(99);
  EXPECT_EQ(one(file, kComplete), "cut");
  EXPECT_EQ(count(), 5);
}

TEST_F(SqliteSinkTest, ShowsTheTransactionsWithUnits) {
  SqliteSink sink(file);
  record_sample(sink);
  EXPECT_THAT(query(file, "SELECT * FROM timeline"),
              ElementsAre("1|bus|read|0x1c|4|1.001|6.002|5.001|ok|-|-|-|-|-",
                          "2|tile0.socket|command|0x1c|4|2.0|5.0|3.0|ok|pulse|3|minus|ok|0.124",
                          "3|bus|write|0|0|7.0|8.0|1.0|address error|-|-|-|-|-",
                          "4|bus|write|0|0|7.5|-|-|incomplete|-|-|-|-|-"));
  EXPECT_EQ(one(file, "SELECT unit FROM units WHERE column_name = 'energy_pJ'"), "pJ");
  // Every column of the view and of the tables that counts something has its unit.
  EXPECT_EQ(one(file,
                "SELECT count(*) FROM units JOIN pragma_table_info(table_name) AS c "
                "ON c.name = column_name"),
            "12");
}

TEST_F(SqliteSinkTest, TheSameRunLeavesTheSameBytes) {
  for (const std::string name : {"a", "b"}) {
    SqliteSink sink(folder / name, {{{"seed", "7"}}});
    record_sample(sink);
  }
  EXPECT_EQ(read_text(folder / "a"), read_text(folder / "b"));
}

TEST_F(SqliteSinkTest, ReplacesWhatWasThere) {
  const TemporaryFolder other;
  folder.write("transactions.sqlite", "not a database");
  folder.write("transactions.sqlite-journal", "not a journal");
  {
    SqliteSink sink(file);
    record_sample(sink);
  }
  EXPECT_EQ(one(file, kCount), "4");
  EXPECT_FALSE(std::filesystem::exists(folder / "transactions.sqlite-journal"));
}

TEST_F(SqliteSinkTest, RefusesAPlaceThatCannotBeWritten) {
  try {
    SqliteSink sink(folder / "missing/transactions.sqlite");
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("transactions.sqlite: cannot be written (unable to open"));
  }
  EXPECT_THROW(SqliteSink sink(folder.path()), InputError);
  EXPECT_TRUE(std::filesystem::exists(folder.path()));
}

// Records until the sink gives up; what the recording then says.
std::string fill(SqliteSink& sink) {
  Recording recording(sink);
  record_reads(recording, *recording.add_stream("s"), 200000);
  EXPECT_THROW(recording.finish(1), DiskFullError);
  return recording.failure();
}

TEST_F(SqliteSinkTest, StopsAtALimitOfItsOwn) {
  SqliteOptions options;
  options.batch = 1000;
  options.most_bytes = 200000;
  {
    SqliteSink sink(file, options);
    EXPECT_EQ(fill(sink), file.string() +
                              ": the recording stops here (database or disk is full); what is in "
                              "the file can be read");
  }
  expect_sound();
  EXPECT_GE(count(), 1000);
  EXPECT_EQ(count() % 1000, 0);
  EXPECT_EQ(one(file, kComplete), "no");
  EXPECT_LE(std::filesystem::file_size(file), options.most_bytes);
}

TEST_F(SqliteSinkTest, StopsWhenTheDiskIsFull) {
  SqliteOptions options;
  options.batch = 1000;
  {
    SqliteSink sink(file, options);
    const FileSizeLimit limit(200000);
    EXPECT_THAT(fill(sink), HasSubstr("transactions.sqlite: the recording stops here ("));
  }
  expect_sound();
  EXPECT_GE(count(), 1000);
  EXPECT_EQ(count() % 1000, 0);
}

// The rows have their place, the indexes not.
TEST_F(SqliteSinkTest, ADiskThatIsFullAtTheVeryEndCostsTheIndexesOnly) {
  SqliteOptions options;
  options.batch = 100;
  options.most_bytes = 65536;
  {
    SqliteSink sink(file, options);
    Recording recording(sink);
    record_reads(recording, *recording.add_stream("s"), 1000);
    ASSERT_EQ(recording.failure(), "");
    EXPECT_THROW(recording.finish(1), DiskFullError);
  }
  expect_sound();
  EXPECT_EQ(count(), 1000);
  EXPECT_THAT(query(file, kIndexes), IsEmpty());
}

TEST_F(SqliteSinkTest, ASinkThatIsLeftKeepsAll) {
  {
    SqliteSink sink(file);
    sink.stream(StreamId{1}, "s");
    Transaction transaction;
    transaction.id = TransactionId{1};
    sink.record(transaction);
  }
  EXPECT_EQ(one(file, kCount), "1");
  EXPECT_EQ(one(file, kComplete), "no");
}

// Killed within a batch so large that part of it has been written already.
TEST_F(SqliteSinkTest, AKilledProgramLeavesWhatWasCommitted) {
  const pid_t child = fork();
  if (child == 0) {
    SqliteOptions options;
    options.batch = 60000;
    SqliteSink sink(file, options);
    Recording recording(sink);
    record_reads(recording, *recording.add_stream("s"), 110000);
    std::raise(SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(std::filesystem::exists(folder / "transactions.sqlite-journal"));
  EXPECT_EQ(one(file, kCount), "60000");
  expect_sound();
}

}  // namespace
}  // namespace dwmtj::test
