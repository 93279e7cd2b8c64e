// SPDX-License-Identifier: Apache-2.0
// Asks a database as a person would; also one that is still being written to.
#pragma once

#include <filesystem>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace dwmtj::test {

using QueryRows = std::vector<std::string>;  // columns joined by '|', NULL as "-"

inline int add_row(void* rows, int columns, char** values, char** /*names*/) {
  std::string row;
  for (int i = 0; i < columns; ++i) {
    row += (i == 0 ? "" : "|") + std::string(values[i] == nullptr ? "-" : values[i]);
  }
  static_cast<QueryRows*>(rows)->push_back(row);
  return 0;
}

// `while_written`: past the lock of the writer, what it has committed.
inline QueryRows query(const std::filesystem::path& file, const std::string& sql,
                       bool while_written = false) {
  const std::string uri = "file:" + file.string() + (while_written ? "?immutable=1" : "?mode=rw");
  sqlite3* database = nullptr;
  QueryRows rows;
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI;
  sqlite3_open_v2(uri.c_str(), &database, kFlags, nullptr);
  const int result = sqlite3_exec(database, sql.c_str(), add_row, &rows, nullptr);
  const std::string reason = sqlite3_errmsg(database);
  sqlite3_close(database);
  if (result != SQLITE_OK) throw std::runtime_error(reason);
  return rows;
}

inline std::string one(const std::filesystem::path& file, const std::string& sql,
                       bool while_written = false) {
  const QueryRows rows = query(file, sql, while_written);
  return rows.size() == 1 ? rows.front() : std::to_string(rows.size()) + " rows";
}

}  // namespace dwmtj::test
