// SPDX-License-Identifier: Apache-2.0
#include "recording/sqlite_database.h"

#include <sqlite3.h>
#include <stdexcept>
#include <unistd.h>

#include <fmt/format.h>

#include "common/disk_full_error.h"
#include "common/input_error.h"

namespace dwmtj {

// The journal of an earlier database of the same name must not be taken for ours.
SqliteDatabase::SqliteDatabase(const std::filesystem::path& file, const std::string& setup)
    : file_(file) {
  unlink(file.c_str());
  unlink((file.string() + "-journal").c_str());
  constexpr int kNew = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(file.c_str(), &handle_, kNew, nullptr) == SQLITE_OK &&
      sqlite3_exec(handle_, setup.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) {
    return;
  }
  const std::string reason = sqlite3_errmsg(handle_);
  sqlite3_close(handle_);
  throw InputError(fmt::format("{}: cannot be written ({})", file.string(), reason));
}

SqliteDatabase::~SqliteDatabase() { sqlite3_close(handle_); }

void SqliteDatabase::execute(const std::string& sql) {
  check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

// Whatever else can go wrong in writing (a quota, a file taken away) is for us the same as a full
// disk.
void SqliteDatabase::check(int result) const {
  if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
  const char* const reason = sqlite3_errmsg(handle_);
  if (result == SQLITE_ERROR || result == SQLITE_MISUSE || result == SQLITE_RANGE) {
    throw std::logic_error(fmt::format("{}: {}", file_.string(), reason));
  }
  throw DiskFullError(file_.string(), reason);
}

SqliteStatement::SqliteStatement(SqliteDatabase& database, std::string_view sql)
    : database_(database) {
  database.check(sqlite3_prepare_v3(database.handle_, sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &handle_, nullptr));
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(handle_); }

SqliteStatement& SqliteStatement::bind(std::int64_t value) {
  database_.check(sqlite3_bind_int64(handle_, ++bound_, value));
  return *this;
}

SqliteStatement& SqliteStatement::bind(double value) {
  database_.check(sqlite3_bind_double(handle_, ++bound_, value));
  return *this;
}

SqliteStatement& SqliteStatement::bind(std::string_view value) {
  database_.check(sqlite3_bind_text(handle_, ++bound_, value.data(), static_cast<int>(value.size()),
                                    SQLITE_STATIC));
  return *this;
}

SqliteStatement& SqliteStatement::bind_null() {
  database_.check(sqlite3_bind_null(handle_, ++bound_));
  return *this;
}

void SqliteStatement::run() {
  bound_ = 0;
  sqlite3_step(handle_);
  database_.check(sqlite3_reset(handle_));  // says again what the step said
}

}  // namespace dwmtj
