// SPDX-License-Identifier: Apache-2.0
// Recorded transactions as an SQLite database: docs/recording/sqlite_sink.md.
#pragma once

#include <cstdint>
#include <filesystem>

#include "recording/sqlite_database.h"
#include "recording/transaction_sink.h"

namespace dwmtj {

struct SqliteOptions {
  RecordingInfo info;
  std::uint32_t batch = 1000;    // transactions a commit: of which a crash may lose the last
  std::uint64_t most_bytes = 0;  // the largest the file may grow, taken as a full disk; 0: no limit
};

class SqliteSink : public TransactionSink {
 public:
  // Replaces the file. Throws InputError when it cannot be created.
  explicit SqliteSink(const std::filesystem::path& file, const SqliteOptions& options = {});
  SqliteSink(const SqliteSink&) = delete;
  SqliteSink& operator=(const SqliteSink&) = delete;
  ~SqliteSink() override;  // commits what there is, without indexes

  void stream(StreamId id, const std::string& name) override;
  void record(const Transaction& transaction) override;
  void cut() override { cut_ = true; }
  void finish(Picoseconds now) override;  // commits and builds the indexes

 private:
  void insert_transaction(const Transaction& transaction);
  void bind_command(const std::optional<CommandNote>& command);
  void insert_info(const RecordingInfo& info);
  template <typename Call>
  void write(const Call& call);
  void commit();

  SqliteDatabase database_;
  SqliteStatement stream_;
  SqliteStatement transaction_;
  SqliteStatement phase_;
  SqliteStatement relation_;
  SqliteStatement info_;
  std::uint32_t batch_;
  std::uint32_t uncommitted_ = 0;
  bool cut_ = false;
  bool open_ = true;  // false: finished, or the disk is full
};

}  // namespace dwmtj
