// SPDX-License-Identifier: Apache-2.0
#include "sweep/results_table.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "common/name_text.h"
#include "common/parameter_overrides.h"
#include "recording/sqlite_database.h"

namespace dwmtj {
namespace {

using Row = std::vector<std::string>;
using State = SweepFolder::State;

std::string cell_of(const AxisValue& value) {
  return value.cell ? fmt::format("{:.12g}", *value.cell) : value.text;
}

// Where each figure goes; new ones at the end.
class Columns {
 public:
  explicit Columns(std::vector<std::string> names) : names_(std::move(names)) {
    for (std::size_t i = 0; i < names_.size(); ++i) places_[names_[i]] = i;
    fixed_ = names_.size();
  }
  std::size_t place(const std::string& figure) {
    const auto found = places_.find(figure);
    if (found != places_.end() && found->second >= fixed_) return found->second;
    // The name of an axis is taken.
    if (found != places_.end()) return place("figure_" + figure);
    places_[figure] = names_.size();
    names_.push_back(figure);
    return names_.size() - 1;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> places_;
  std::size_t fixed_;
};

void add_record(const PointRecord& record, Columns& columns, Row& row, std::size_t error) {
  row[error] = record.error;
  for (const auto& figure : record.figures) {
    const auto place = columns.place(figure.name);
    if (place >= row.size()) row.resize(place + 1);
    row[place] = figure.value;
  }
}

std::string line_of(const Row& row) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) line += (i == 0 ? "" : ",") + csv_field(row[i]);
  return line + '\n';
}

template <typename Number>
bool parses(const std::string& text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end;
}

void bind(SqliteStatement& statement, const std::string& cell) {
  std::int64_t whole = 0;
  double number = 0.0;
  if (cell.empty()) {
    statement.bind_null();
  } else if (cell == "true" || cell == "false") {
    statement.bind(std::int64_t{cell == "true" ? 1 : 0});
  } else if (parses(cell, whole)) {
    statement.bind(whole);
  } else if (parses(cell, number)) {
    statement.bind(number);
  } else {
    statement.bind(std::string_view(cell));
  }
}

bool begins(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }

}  // namespace

ResultsTable ResultsTable::collect(const Expansion& expansion, const SweepFolder& folder) {
  std::vector<std::string> fixed = {"point"};
  for (const auto* const axis : expansion.axes()) fixed.push_back(axis->name);
  const auto status = fixed.size();
  fixed.insert(fixed.end(), {"status", "error"});
  Columns columns(fixed);
  ResultsTable table;
  const auto states = folder.scan().states;
  for (std::size_t point = 0; point < expansion.size(); ++point) {
    Row row = {std::to_string(point)};
    for (const auto* const value : expansion.values(point)) row.push_back(cell_of(*value));
    row.resize(fixed.size());
    const auto state = states[point];
    row[status] = state == State::missing ? "missing" : state == State::done ? "done" : "failed";
    if (state != State::missing) {
      const auto where = state == State::done ? folder.done(point) : folder.failed(point);
      add_record(read_record(where), columns, row, status + 1);
    }
    table.rows_.push_back(std::move(row));
  }
  table.columns_ = columns.names();
  for (auto& row : table.rows_) row.resize(table.columns_.size());
  return table;
}

std::size_t ResultsTable::column(const std::string& option, const std::string& name) const {
  std::vector<std::size_t> alike;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i] == name) return i;
    if (begins(columns_[i], name + '_')) alike.push_back(i);
  }
  if (alike.size() == 1) return alike.front();
  if (alike.size() > 1) {
    std::vector<std::string> names;
    names.reserve(alike.size());
    for (const auto i : alike) names.push_back(columns_[i]);
    throw InputError(
        fmt::format("{}: '{}' may be any of {}", option, name, fmt::join(names, ", ")));
  }
  throw InputError(fmt::format("{}: no column '{}'; nearest: {}", option, name,
                               fmt::join(nearest_names(name, columns_), ", ")));
}

std::string ResultsTable::csv() const {
  auto text = line_of(columns_);
  for (const auto& row : rows_) text += line_of(row);
  return text;
}

std::string ResultsTable::csv(const std::vector<std::size_t>& rows) const {
  auto text = line_of(columns_);
  for (const auto row : rows) text += line_of(rows_[row]);
  return text;
}

void ResultsTable::write_database(const std::filesystem::path& file) const {
  auto part = file;
  part += ".part";
  try {
    std::vector<std::string> names;
    for (const auto& column : columns_) names.push_back('"' + column + '"');
    SqliteDatabase database(part, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;");
    database.execute(fmt::format("BEGIN; CREATE TABLE points ({})", fmt::join(names, ", ")));
    const std::vector<std::string> marks(columns_.size(), "?");
    SqliteStatement insert(database,
                           fmt::format("INSERT INTO points VALUES ({})", fmt::join(marks, ",")));
    for (const auto& row : rows_) {
      for (const auto& cell : row) bind(insert, cell);
      insert.run();
    }
    database.execute("COMMIT");
  } catch (const DiskFullError&) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw DiskFullError(file.string() + ": cannot be written (disk full?)");
  }
  std::error_code error;
  std::filesystem::rename(part, file, error);
  if (error) throw DiskFullError(file.string() + ": cannot be written (disk full?)");
}

}  // namespace dwmtj
