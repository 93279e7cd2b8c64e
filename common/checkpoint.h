// SPDX-License-Identifier: Apache-2.0
// A run on disk: what it was asked to do, in words, and its state, guarded by a checksum. The
// checkpoint before the last is kept, should the last turn out broken.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace dwmtj {

using NamedValues = std::vector<std::pair<std::string, std::string>>;

// Tells whether a text, such as a parameter file with what was set over it, is still the same.
std::string checksum_of(const std::string& text);

class Checkpoint {
 public:
  // `name` without a suffix.
  Checkpoint(std::filesystem::path name, NamedValues asked);

  void write(const std::string& state) const;

  struct Found {
    std::string state;   // empty where there is no checkpoint
    std::string remark;  // why the one before the last was taken, or empty
  };
  // Throws InputError for a checkpoint of another run, with the key that differs, and where neither
  // of two is whole.
  [[nodiscard]] Found read() const;
  void remove() const;

 private:
  // The state, or why there is none.
  struct Reading {
    bool whole;
    std::string text;
  };
  [[nodiscard]] Reading read(const std::filesystem::path& file) const;
  [[nodiscard]] std::string header() const;

  std::filesystem::path last_;
  std::filesystem::path before_;
  NamedValues asked_;
};

}  // namespace dwmtj
