// SPDX-License-Identifier: Apache-2.0
#include "recording/json_array_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "common/disk_full_error.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr std::string_view kClosing = "\n]\n";
constexpr std::size_t kBufferBytes = 1U << 18U;
constexpr int kMode = 0644;  // less what the umask takes

}  // namespace

JsonArrayFile::JsonArrayFile(const std::filesystem::path& file)
    : file_(file.string()),
      descriptor_(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode)),
      buffer_("[") {
  if (descriptor_ < 0) {
    throw InputError(fmt::format("{}: cannot be written ({})", file_, std::strerror(errno)));
  }
  try {
    flush();
  } catch (const DiskFullError& error) {
    close(descriptor_);
    throw InputError(error.what());
  }
}

JsonArrayFile::~JsonArrayFile() {
  try {
    flush();
  } catch (const DiskFullError&) {  // NOLINT(bugprone-empty-catch): a destructor cannot say more
  }
  close(descriptor_);
}

std::string& JsonArrayFile::next() {
  if (buffer_.size() > kBufferBytes) flush();
  buffer_ += empty_ ? "\n" : ",\n";
  empty_ = false;
  return buffer_;
}

void JsonArrayFile::flush() {
  if (buffer_.empty()) return;
  const auto length = static_cast<off_t>(buffer_.size());
  write(buffer_.append(kClosing));
  end_ += length;
  buffer_.clear();
}

void JsonArrayFile::write(const std::string& text) {
  off_t at = end_;
  for (std::string_view rest = text; !rest.empty();) {
    const auto count = pwrite(descriptor_, rest.data(), rest.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      const std::string reason = std::strerror(errno);
      fall_back();
      throw DiskFullError(file_, reason);
    }
    at += count;
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

// The bracket had its place there before, so a full disk does not refuse it.
void JsonArrayFile::fall_back() {
  buffer_.clear();
  if (pwrite(descriptor_, kClosing.data(), kClosing.size(), end_) < 0 ||
      ftruncate(descriptor_, end_ + static_cast<off_t>(kClosing.size())) < 0) {
    return;  // nothing more can be done
  }
}

}  // namespace dwmtj
