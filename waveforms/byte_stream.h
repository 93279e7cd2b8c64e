// SPDX-License-Identifier: Apache-2.0
// Where the bytes of a file go that may be no plain one: a FIFO, the standard output, a device.
#pragma once

#include <filesystem>
#include <string_view>

namespace dwmtj {

class ByteStream {
 public:
  // Makes a plain file anew, goes on where the standard output is, and waits until somebody reads
  // a FIFO. Throws InputError when the file cannot be opened.
  explicit ByteStream(std::filesystem::path file);
  ~ByteStream();
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  // What nobody takes is dropped: once something failed, which close() reports, and of a reader
  // that stands still once Ctrl-C was pressed.
  void write(std::string_view bytes);
  // Throws DiskFullError when not everything reached the disk.
  void close();

 private:
  void write_some(std::string_view& bytes);
  [[nodiscard]] bool is_ready() const;

  std::filesystem::path file_;
  int descriptor_ = -1;
  bool plain_ = false;
  bool failed_ = false;
};

}  // namespace dwmtj
