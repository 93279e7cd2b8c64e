// SPDX-License-Identifier: Apache-2.0
// The bytes of a file, plain or gzip (of any number of members), in constant memory. Reads a file
// once, from its beginning: it may be a pipe.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct z_stream_s;

namespace dwmtj {

class ByteSource {
 public:
  // Throws InputError when the file cannot be read. What is read is also written to `copy`, as it
  // is, if there is one.
  explicit ByteSource(const std::filesystem::path& file, std::FILE* copy = nullptr);

  // Up to `size` bytes; 0: the end. Throws InputError, without file and line, for gzip data that
  // are damaged, cut short, or followed by something else.
  std::size_t read(char* to, std::size_t size);

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct EndInflate {
    void operator()(z_stream_s* stream) const;
  };

  void fill();
  void begin_inflate();
  std::size_t copy_plain(char* to, std::size_t size);
  std::size_t inflate_some(char* to, std::size_t size);
  [[nodiscard]] std::size_t left() const { return end_ - begin_; }

  std::unique_ptr<std::FILE, CloseFile> file_;
  std::FILE* copy_;
  std::vector<unsigned char> buffer_;
  std::size_t begin_ = 0;  // of what is read and not yet used
  std::size_t end_ = 0;
  std::unique_ptr<z_stream_s, EndInflate> stream_;  // null: plain
  bool within_member_ = false;
};

}  // namespace dwmtj
