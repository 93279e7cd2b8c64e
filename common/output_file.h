// SPDX-License-Identifier: Apache-2.0
// A file that appears whole or not at all: written beside its place, renamed when finished.
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

namespace dwmtj {

class OutputFile {
 public:
  // Throws InputError when the file cannot be created.
  explicit OutputFile(std::filesystem::path target);
  ~OutputFile();  // what was not committed is removed
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);
  void commit();  // throws InputError when not everything reached the disk

 private:
  std::filesystem::path target_;
  std::filesystem::path part_;
  std::ofstream stream_;
  bool committed_ = false;
};

}  // namespace dwmtj
