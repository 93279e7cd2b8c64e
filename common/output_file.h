// SPDX-License-Identifier: Apache-2.0
// A file that appears whole or not at all: written beside its place, renamed when finished. A part
// that a killed run left is taken over by the next one.
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

#include "common/write_lock.h"

namespace dwmtj {

// Whether two names, links among them, are of one file that is there.
bool is_same_file(const std::filesystem::path& one, const std::filesystem::path& other);

// Throws InputError when writing `output` would destroy `input`.
void check_not_input(const std::filesystem::path& output, const std::filesystem::path& input);

class OutputFile {
 public:
  // Throws InputError when the file cannot be created, or another run is writing it.
  explicit OutputFile(std::filesystem::path target);
  ~OutputFile();  // what was not committed is removed
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);
  void commit();  // throws DiskFullError when not everything reached the disk

 private:
  std::filesystem::path target_;
  std::filesystem::path part_;
  WriteLock lock_;
  std::ofstream stream_;
  bool committed_ = false;
};

}  // namespace dwmtj
