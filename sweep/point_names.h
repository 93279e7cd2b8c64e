// SPDX-License-Identifier: Apache-2.0
// What the folder of a point is called: its index and a hash of its effective configuration, which
// is that of the base (the command and the files that all points read) and of what the point
// changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sweep/expansion.h"

namespace dwmtj {

// The files that decide what a point is, in any order: a sum of hashes of their contents. A file
// that all points read counts in each of them as one that only some do.
using FilesHash = std::uint64_t;
FilesHash hash_of_files(const std::vector<std::string>& files);

class PointNames {
 public:
  // `base`: of the files that every point reads; `of_values`: by axis and value, of those that a
  // point reads for this value.
  PointNames(const Expansion& expansion, FilesHash base,
             std::vector<std::vector<FilesHash>> of_values);

  [[nodiscard]] std::string name(std::size_t point) const;  // "17-0a1b2c3d4e5f"

 private:
  const Expansion& expansion_;
  FilesHash base_;
  std::vector<std::vector<FilesHash>> of_values_;
  std::string command_;
  std::vector<std::size_t> order_;  // of the axes: by target, wherever they stand in the plan
};

// The index in front of such a name; empty where it is none.
std::optional<std::size_t> index_in_name(const std::string& name);

}  // namespace dwmtj
