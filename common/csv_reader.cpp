// SPDX-License-Identifier: Apache-2.0
#include "common/csv_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_log.h"
#include "common/trimmed.h"

namespace dwmtj {

CsvReader::CsvReader(const std::filesystem::path& file) : source_(file) {
  note_input(file);
  std::string_view line;
  if (!source_.next(line)) source_.fail("expected a line of column names");
  split(line);
  for (const auto field : fields_) names_.emplace_back(field);
}

void CsvReader::split(std::string_view line) {
  fields_.clear();
  for (std::size_t at = 0; at <= line.size();) {
    const auto end = std::min(line.find(',', at), line.size());
    fields_.push_back(trimmed(line.substr(at, end - at)));
    at = end + 1;
  }
}

std::size_t CsvReader::column(const std::vector<std::string>& names) const {
  const auto wanted = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const auto found = std::find_if(names_.begin(), names_.end(), wanted);
  if (found == names_.end()) source_.fail(fmt::format("no column {}", fmt::join(names, " or ")));
  const auto again = std::find_if(found + 1, names_.end(), wanted);
  if (again != names_.end()) {
    source_.fail(fmt::format("columns {} and {}; expected one of them", *found, *again));
  }
  return static_cast<std::size_t>(found - names_.begin());
}

std::optional<std::size_t> CsvReader::find(const std::string& name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

bool CsvReader::next() {
  std::string_view line;
  do {
    if (!source_.next(line)) return false;
  } while (trimmed(line).empty());
  split(line);
  if (fields_.size() != names_.size()) {
    source_.fail(fmt::format("{} fields; expected {}", fields_.size(), names_.size()));
  }
  return true;
}

double CsvReader::number(std::size_t column) const {
  const auto field = fields_[column];
  double value = 0.0;
  const auto [rest, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc{} || rest != field.data() + field.size() || !std::isfinite(value)) {
    source_.fail(fmt::format("{}: '{}' is no number", names_[column], field));
  }
  return value;
}

}  // namespace dwmtj
