// SPDX-License-Identifier: Apache-2.0
#include "datasets/idx_file.h"

#include <array>
#include <memory>
#include <string>
#include <zlib.h>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30U;

// A file, decompressed on the way; zlib reads plain files as they are.
class ByteSource {
 public:
  explicit ByteSource(std::filesystem::path file)
      : file_(std::move(file)), handle_(gzopen(file_.c_str(), "rb"), &gzclose) {
    if (!handle_) throw InputError(fmt::format("{}: cannot be read", file_.string()));
  }

  void read(std::uint8_t* to, std::size_t size) {
    const int got = gzread(handle_.get(), to, static_cast<unsigned>(size));
    if (got != static_cast<int>(size)) fail("ends early");
  }
  std::size_t big_endian() {
    std::array<std::uint8_t, 4> bytes{};
    read(bytes.data(), bytes.size());
    std::size_t value = 0;
    for (const auto byte : bytes) value = value << 8U | byte;
    return value;
  }
  [[nodiscard]] bool ended() {
    std::uint8_t more = 0;
    const int got = gzread(handle_.get(), &more, 1);
    if (got < 0) fail("ends early");  // of a compressed file: a checksum that does not match
    return got == 0;
  }
  [[noreturn]] void fail(const std::string& message) const {
    throw InputError(fmt::format("{}: {}", file_.string(), message));
  }

 private:
  std::filesystem::path file_;
  std::unique_ptr<gzFile_s, int (*)(gzFile)> handle_;
};

std::filesystem::path plain_or_compressed(const std::filesystem::path& file) {
  if (std::filesystem::is_regular_file(file)) return file;
  auto compressed = file;
  compressed += ".gz";
  if (std::filesystem::is_regular_file(compressed)) return compressed;
  throw InputError(fmt::format("{}: no such file, nor with .gz at the end", file.string()));
}

}  // namespace

IdxArray read_idx(const std::filesystem::path& file, std::size_t dimensions) {
  ByteSource source(plain_or_compressed(file));
  constexpr std::size_t kUnsignedBytes = 0x0800;
  const std::size_t magic = source.big_endian();
  if (magic != kUnsignedBytes + dimensions) {
    source.fail(fmt::format("begins with {:#010x}; expected {:#010x}: bytes in {} dimensions",
                            magic, kUnsignedBytes + dimensions, dimensions));
  }
  IdxArray array;
  std::size_t size = 1;
  for (std::size_t i = 0; i < dimensions; ++i) {
    array.shape.push_back(source.big_endian());
    if (array.shape.back() == 0 || array.shape.back() > kMostBytes / size) {
      source.fail("has a dimension of no or of too many bytes");
    }
    size *= array.shape.back();
  }
  array.bytes.resize(size);
  source.read(array.bytes.data(), size);
  if (!source.ended()) source.fail("has bytes after its array");
  return array;
}

}  // namespace dwmtj
