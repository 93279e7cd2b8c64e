// SPDX-License-Identifier: Apache-2.0
// The lines of a text file, plain or gzip, one after the other in constant memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/byte_source.h"

namespace dwmtj {

class LineSource {
 public:
  static constexpr std::size_t kLongestLine = std::size_t{16} << 20U;

  // Throws InputError when the file cannot be read. `copy`, if any, gets all bytes as they are
  // read.
  explicit LineSource(std::filesystem::path file, std::FILE* copy = nullptr);

  // The next line without its end; valid until the next call. False after the last. Throws
  // InputError for a line that is too long and for gzip data that are damaged or cut short.
  bool next(std::string_view& line);

  // An InputError at the line that next() gave last: "file:line: message".
  [[noreturn]] void fail(const std::string& message) const;
  [[nodiscard]] std::uint64_t number() const { return number_; }  // of that line, from 1

 private:
  void read_more();
  bool last_line(std::string_view& line);
  void give_out(std::size_t stop, std::string_view& line) const;
  void check_length(std::size_t length) const;

  std::filesystem::path path_;
  ByteSource bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what is read and not yet given out
  std::size_t end_ = 0;
  std::size_t searched_ = 0;  // no line ends between begin_ and here
  bool ended_ = false;
  std::uint64_t number_ = 0;
};

}  // namespace dwmtj
