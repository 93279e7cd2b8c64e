// SPDX-License-Identifier: Apache-2.0
#include "recording/sqlite_sink.h"

#include "common/disk_full_error.h"

namespace dwmtj {
namespace {

constexpr std::uint64_t kPageBytes = 4096;

// No fsync: what a killed program leaves is whole, what a power failure leaves need not be. The
// rollback journal stays: without one, a commit that fails half-way would spoil the file, and as we
// only append, it holds hardly more than a page a table. What is sorted for the indexes does not stay
// in memory, however long the recording.
constexpr const char* kSettings = R"(
PRAGMA page_size = 4096;
PRAGMA synchronous = OFF;
PRAGMA journal_mode = DELETE;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = FILE;
)";

constexpr const char* kTables = R"(
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE transactions (
  id INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES streams, kind TEXT NOT NULL,
  address INTEGER NOT NULL, length INTEGER NOT NULL, start_ps INTEGER NOT NULL, end_ps INTEGER,
  status TEXT NOT NULL, command TEXT, row INTEGER, side TEXT, command_status TEXT, energy_J REAL);
CREATE TABLE phases (
  transaction_id INTEGER NOT NULL REFERENCES transactions, name TEXT NOT NULL,
  time_ps INTEGER NOT NULL);
CREATE TABLE relations (
  parent INTEGER NOT NULL REFERENCES transactions, child INTEGER NOT NULL REFERENCES transactions);
)";

// The same for people, and what the numbers are counted in.
constexpr const char* kUnits = R"(
CREATE VIEW timeline AS
  SELECT transactions.id, name AS stream, kind, printf('%#x', address) AS address, length,
         start_ps / 1e3 AS start_ns, end_ps / 1e3 AS end_ns,
         (end_ps - start_ps) / 1e3 AS duration_ns, status, command, row, side, command_status,
         energy_J * 1e12 AS energy_pJ
    FROM transactions JOIN streams ON streams.id = stream ORDER BY start_ps, transactions.id;
CREATE TABLE units (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, unit TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)) WITHOUT ROWID;
INSERT INTO units VALUES
  ('transactions', 'address', 'byte'), ('transactions', 'length', 'byte'),
  ('transactions', 'start_ps', 'ps'), ('transactions', 'end_ps', 'ps'),
  ('transactions', 'energy_J', 'J'), ('phases', 'time_ps', 'ps'), ('info', 'end_ps', 'ps'),
  ('timeline', 'address', 'byte'), ('timeline', 'length', 'byte'), ('timeline', 'start_ns', 'ns'),
  ('timeline', 'end_ns', 'ns'), ('timeline', 'duration_ns', 'ns'), ('timeline', 'energy_pJ', 'pJ');
)";

constexpr const char* kIndexes = R"(
CREATE INDEX transactions_by_time ON transactions (stream, start_ps);
CREATE INDEX transactions_by_start ON transactions (start_ps);
CREATE INDEX phases_by_transaction ON phases (transaction_id);
CREATE INDEX relations_by_parent ON relations (parent);
CREATE INDEX relations_by_child ON relations (child);
)";

// The lock is given up at the next look at the file.
constexpr const char* kUnlock = "PRAGMA locking_mode = NORMAL; SELECT count(*) FROM info";

std::string setup(const SqliteOptions& options) {
  std::string sql = kSettings;
  if (options.most_bytes != 0) {
    sql += "PRAGMA max_page_count = " + std::to_string(options.most_bytes / kPageBytes) + ";";
  }
  return sql + kTables + kUnits;
}

template <typename Id>
std::int64_t number(Id id) {
  return static_cast<std::int64_t>(id);
}

}  // namespace

SqliteSink::SqliteSink(const std::filesystem::path& file, const SqliteOptions& options)
    : database_(file, setup(options)),
      stream_(database_, "INSERT INTO streams VALUES (?,?)"),
      transaction_(database_, "INSERT INTO transactions VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      phase_(database_, "INSERT INTO phases VALUES (?,?,?)"),
      relation_(database_, "INSERT INTO relations VALUES (?,?)"),
      info_(database_, "INSERT OR REPLACE INTO info VALUES (?,?)"),
      batch_(options.batch) {
  database_.execute("BEGIN");
  insert_info(options.info);
  insert_info({{"schema", "1"}, {"complete", "no"}});
  commit();
}

SqliteSink::~SqliteSink() {
  try {
    if (open_) database_.execute("COMMIT");
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): a destructor cannot say more
  }
}

void SqliteSink::stream(StreamId id, const std::string& name) {
  write([&] { stream_.bind(number(id)).bind(name).run(); });
}

void SqliteSink::record(const Transaction& transaction) {
  write([&] {
    insert_transaction(transaction);
    for (const auto& mark : transaction.phases) {
      phase_.bind(number(transaction.id)).bind(name_of(mark.phase)).bind(mark.time).run();
    }
    if (transaction.parent != TransactionId{}) {
      relation_.bind(number(transaction.parent)).bind(number(transaction.id)).run();
    }
    if (++uncommitted_ >= batch_) commit();
  });
}

void SqliteSink::finish(Picoseconds now) {
  write([&] {
    commit();
    database_.execute(kIndexes);
    insert_info({{"complete", cut_ ? "cut" : "yes"}, {"end_ps", std::to_string(now)}});
    database_.execute("COMMIT");
    open_ = false;
    database_.execute(kUnlock);
  });
}

void SqliteSink::insert_transaction(const Transaction& transaction) {
  transaction_.bind(number(transaction.id)).bind(number(transaction.stream));
  transaction_.bind(name_of(transaction.kind));
  transaction_.bind(number(transaction.address)).bind(number(transaction.length));
  transaction_.bind(transaction.start);
  transaction.finished ? transaction_.bind(transaction.end) : transaction_.bind_null();
  transaction_.bind(name_of(transaction.status));
  bind_command(transaction.command);
  transaction_.run();
}

void SqliteSink::bind_command(const std::optional<CommandNote>& command) {
  if (!command) {
    for (int column = 0; column < 5; ++column) transaction_.bind_null();
    return;
  }
  transaction_.bind(command->op).bind(number(command->row)).bind(command->side);
  const bool answered = !command->status.empty();
  answered ? transaction_.bind(command->status) : transaction_.bind_null();
  answered ? transaction_.bind(command->joules) : transaction_.bind_null();
}

void SqliteSink::insert_info(const RecordingInfo& info) {
  for (const auto& [key, value] : info) info_.bind(key).bind(value).run();
}

// SQLite itself rolls back to the last commit when the disk is full.
template <typename Call>
void SqliteSink::write(const Call& call) {
  try {
    call();
  } catch (const DiskFullError&) {
    open_ = false;
    throw;
  }
}

void SqliteSink::commit() {
  database_.execute("COMMIT; BEGIN");
  uncommitted_ = 0;
}

}  // namespace dwmtj
