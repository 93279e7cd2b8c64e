// SPDX-License-Identifier: Apache-2.0
// All points of a sweep in one table, a row each: what was chosen, how it ended and what came out.
// It is made of the folders alone, so it is the same whoever ran the points, when and in which
// order.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sweep/sweep_folder.h"

namespace dwmtj {

class ResultsTable {
 public:
  static ResultsTable collect(const Expansion& expansion, const SweepFolder& folder);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<std::vector<std::string>>& rows() const { return rows_; }
  // The column of this name, or of this name and a unit ("energy" for energy_J), or the only one
  // whose name begins so. Throws InputError that names `option` and the nearest.
  [[nodiscard]] std::size_t column(const std::string& option, const std::string& name) const;

  [[nodiscard]] std::string csv() const;
  [[nodiscard]] std::string csv(const std::vector<std::size_t>& rows) const;  // of these only
  // The table `points` in a new SQLite file.
  void write_database(const std::filesystem::path& file) const;

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;  // empty cells: not there
};

}  // namespace dwmtj
