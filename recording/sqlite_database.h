// SPDX-License-Identifier: Apache-2.0
// A new SQLite file and its prepared statements: the few calls of the library that we need.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace dwmtj {

class SqliteDatabase {
 public:
  // Replaces the file and executes `setup`. Throws InputError when it cannot be written.
  SqliteDatabase(const std::filesystem::path& file, const std::string& setup);
  ~SqliteDatabase();  // without a commit
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  void execute(const std::string& sql);
  // Throws DiskFullError, or std::logic_error when the SQL is at fault.
  void check(int result) const;

 private:
  friend class SqliteStatement;
  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
};

class SqliteStatement {
 public:
  SqliteStatement(SqliteDatabase& database, std::string_view sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // The next parameter, from the left. Texts must stay until run().
  SqliteStatement& bind(std::int64_t value);
  SqliteStatement& bind(double value);
  SqliteStatement& bind(std::string_view value);
  SqliteStatement& bind_null();
  void run();

 private:
  SqliteDatabase& database_;
  sqlite3_stmt* handle_ = nullptr;
  int bound_ = 0;
};

}  // namespace dwmtj
