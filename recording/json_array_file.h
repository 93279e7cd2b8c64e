// SPDX-License-Identifier: Apache-2.0
// A file with one JSON array that grows by whole elements. Each time it is written to, the closing
// bracket is written as well, to be overwritten by what follows: whatever ends the program, the
// file is valid JSON.
#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace dwmtj {

class JsonArrayFile {
 public:
  // Throws InputError when the file cannot be created.
  explicit JsonArrayFile(const std::filesystem::path& file);
  ~JsonArrayFile();  // flushes, and swallows what flush() would throw
  JsonArrayFile(const JsonArrayFile&) = delete;
  JsonArrayFile& operator=(const JsonArrayFile&) = delete;

  // To which the text of one further element is to be appended. May throw as flush() does.
  std::string& next();
  // Throws DiskFullError; the file then ends with the last element that was flushed before.
  void flush();

 private:
  void write(const std::string& text);
  void fall_back();

  std::string file_;
  int descriptor_;
  off_t end_ = 0;  // of the last element on the disk
  bool empty_ = true;
  std::string buffer_;
};

}  // namespace dwmtj
