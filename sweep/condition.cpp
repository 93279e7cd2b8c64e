// SPDX-License-Identifier: Apache-2.0
#include "sweep/condition.h"

#include <sqlite3.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace dwmtj {
namespace {

std::string columns(const std::vector<std::string>& names) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < names.size(); ++i) {
    parts.push_back(fmt::format("?{} AS \"{}\"", i + 1, names[i]));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

struct Condition::Database {
  explicit Database(ParameterNode condition) : node(std::move(condition)) {
    check(sqlite3_open(":memory:", &handle));
    // A name in double quotes that is no column would be taken for a text.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  }
  ~Database() {
    sqlite3_finalize(statement);
    sqlite3_close(handle);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  void check(int result) const {
    if (result != SQLITE_OK) node.fail(sqlite3_errmsg(handle));
  }

  ParameterNode node;
  sqlite3* handle = nullptr;
  sqlite3_stmt* statement = nullptr;
};

Condition::Condition(const ParameterNode& node, const std::vector<std::string>& names)
    : database_(std::make_unique<Database>(node)) {
  const auto sql = fmt::format("SELECT ({}) FROM (SELECT {})", node.text(), columns(names));
  const char* rest = nullptr;
  const int result =
      sqlite3_prepare_v2(database_->handle, sql.c_str(), -1, &database_->statement, &rest);
  if (result != SQLITE_OK) {
    node.fail(fmt::format("{}; columns are {}", sqlite3_errmsg(database_->handle),
                          fmt::join(names, ", ")));
  }
  if (*rest != '\0' || sqlite3_column_count(database_->statement) != 1) {
    node.fail("expected an expression that is true or false");
  }
}

Condition::~Condition() = default;

bool Condition::holds(const std::vector<const AxisValue*>& values) {
  auto* const statement = database_->statement;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int place = static_cast<int>(i) + 1;
    const auto& text = values[i]->text;
    database_->check(values[i]->cell
                         ? sqlite3_bind_double(statement, place, *values[i]->cell)
                         : sqlite3_bind_text(statement, place, text.data(),
                                             static_cast<int>(text.size()), SQLITE_STATIC));
  }
  const int result = sqlite3_step(statement);
  const bool holds = result == SQLITE_ROW && sqlite3_column_int(statement, 0) != 0;
  database_->check(sqlite3_reset(statement));
  return holds;
}

}  // namespace dwmtj
