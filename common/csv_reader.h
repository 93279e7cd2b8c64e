// SPDX-License-Identifier: Apache-2.0
// Numbers from a CSV file with a line of names: plain or gzip, in constant memory. Fields have no
// quotes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/line_source.h"

namespace dwmtj {

class CsvReader {
 public:
  // Reads the names. All throw InputError: file:line, what was expected.
  explicit CsvReader(const std::filesystem::path& file);

  // Where the one column with any of these names is.
  [[nodiscard]] std::size_t column(const std::vector<std::string>& names) const;
  [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const;
  [[nodiscard]] const std::string& name(std::size_t column) const { return names_[column]; }

  // The next line that is not empty; false after the last.
  bool next();
  [[nodiscard]] bool empty(std::size_t column) const { return fields_[column].empty(); }
  [[nodiscard]] std::string_view text(std::size_t column) const { return fields_[column]; }
  [[nodiscard]] double number(std::size_t column) const;  // finite

  [[noreturn]] void fail(const std::string& message) const { source_.fail(message); }

 private:
  void split(std::string_view line);

  LineSource source_;
  std::vector<std::string> names_;
  std::vector<std::string_view> fields_;  // of the line at hand
};

}  // namespace dwmtj
