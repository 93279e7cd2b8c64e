// SPDX-License-Identifier: Apache-2.0
// Where the points of a sweep are: points/NAME when done, failed/NAME, unfinished/NAME while they
// run. Folders are renamed from one to the other, so that a point is complete or absent.
#pragma once

#include <filesystem>
#include <vector>

#include "sweep/point_names.h"
#include "sweep/point_record.h"

namespace dwmtj {

class SweepFolder {
 public:
  enum class State : unsigned char { missing, done, failed };

  SweepFolder(std::filesystem::path path, const Expansion& expansion, const PointNames& names);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path done(std::size_t point) const;
  [[nodiscard]] std::filesystem::path failed(std::size_t point) const;
  [[nodiscard]] std::filesystem::path unfinished(std::size_t point) const;

  // What is there. A finished point whose index has changed gets its new one; `foreign` are the
  // finished ones that the plan does not have any more.
  struct Content {
    std::vector<State> states;
    std::vector<std::filesystem::path> foreign;
  };
  [[nodiscard]] Content scan() const;
  // Removes what failed or was left unfinished and is of no point of the plan.
  void clear_away() const;
  // Folders for points that hold none any more.
  void remove_empty() const;

 private:
  [[nodiscard]] bool is_point(const std::filesystem::path& folder) const;
  void renumber(Content& content) const;

  std::filesystem::path path_;
  const Expansion& expansion_;
  const PointNames& names_;
};

}  // namespace dwmtj
