// SPDX-License-Identifier: Apache-2.0
#include "common/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <zlib.h>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr std::size_t kBufferSize = std::size_t{64} << 10U;
constexpr int kGzipOnly = 16 + MAX_WBITS;

bool is_gzip(const unsigned char* bytes, std::size_t count) {
  return count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

}  // namespace

void ByteSource::EndInflate::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  delete stream;
}

ByteSource::ByteSource(const std::filesystem::path& file, std::FILE* copy)
    : copy_(copy), buffer_(kBufferSize) {
  std::error_code ignored;
  const bool folder = std::filesystem::is_directory(file, ignored);
  errno = 0;
  if (!folder) file_.reset(std::fopen(file.c_str(), "rb"));
  if (!file_) {
    const auto* const reason = folder ? "it is a folder" : std::strerror(errno);
    throw InputError(fmt::format("{}: cannot be read: {}", file.string(), reason));
  }
  fill();
  if (is_gzip(buffer_.data(), left())) begin_inflate();
}

std::size_t ByteSource::read(char* to, std::size_t size) {
  return stream_ ? inflate_some(to, size) : copy_plain(to, size);
}

// After it, nothing is left only at the end of the file.
void ByteSource::fill() {
  if (left() > 0) return;
  begin_ = 0;
  end_ = std::fread(buffer_.data(), 1, buffer_.size(), file_.get());
  if (std::ferror(file_.get()) != 0) {
    throw InputError(fmt::format("cannot be read: {}", std::strerror(errno)));
  }
  if (copy_ != nullptr && std::fwrite(buffer_.data(), 1, end_, copy_) != end_) {
    throw InputError(fmt::format("cannot be copied: {}", std::strerror(errno)));
  }
}

void ByteSource::begin_inflate() {
  stream_.reset(new z_stream_s());
  if (inflateInit2(stream_.get(), kGzipOnly) != Z_OK) throw std::bad_alloc();
  within_member_ = true;
}

std::size_t ByteSource::copy_plain(char* to, std::size_t size) {
  fill();
  const std::size_t count = std::min(size, left());
  std::memcpy(to, buffer_.data() + begin_, count);
  begin_ += count;
  return count;
}

std::size_t ByteSource::inflate_some(char* to, std::size_t size) {
  stream_->next_out = reinterpret_cast<unsigned char*>(to);
  stream_->avail_out = static_cast<unsigned>(size);
  while (stream_->avail_out == size) {
    fill();
    if (left() == 0 && !within_member_) return 0;
    if (left() == 0) throw InputError("expected more gzip data: the file is cut short");
    if (!within_member_) {
      if (buffer_[begin_] != 0x1f) throw InputError("expected nothing behind the gzip data");
      inflateReset(stream_.get());
      within_member_ = true;
    }
    stream_->next_in = buffer_.data() + begin_;
    stream_->avail_in = static_cast<unsigned>(left());
    const int status = inflate(stream_.get(), Z_NO_FLUSH);
    begin_ = end_ - stream_->avail_in;
    if (status == Z_STREAM_END) within_member_ = false;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      const auto* const reason = stream_->msg != nullptr ? stream_->msg : "unknown";
      throw InputError(fmt::format("expected sound gzip data: {}", reason));
    }
  }
  return size - stream_->avail_out;
}

}  // namespace dwmtj
