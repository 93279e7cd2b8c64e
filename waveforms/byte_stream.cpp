// SPDX-License-Identifier: Apache-2.0
#include "waveforms/byte_stream.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <fcntl.h>
#include <poll.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/output_file.h"

namespace dwmtj {
namespace {

constexpr int kWaitMilliseconds = 50;  // between two looks whether Ctrl-C was pressed
constexpr mode_t kReadWrite = 0666;    // less the umask

// A FIFO that nobody reads cannot be opened for writing without a wait that Ctrl-C does not end.
int open_fifo(const std::filesystem::path& file) {
  for (;;) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor >= 0 || errno != ENXIO || interrupted()) return descriptor;
    std::this_thread::sleep_for(std::chrono::milliseconds(kWaitMilliseconds));
  }
}

int open_for_writing(const std::filesystem::path& file) {
  std::error_code none;
  if (is_same_file(file, "/dev/stdout")) return ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  if (std::filesystem::is_fifo(file, none)) return open_fifo(file);
  return ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kReadWrite);
}

bool is_plain(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

ByteStream::ByteStream(std::filesystem::path file)
    : file_(std::move(file)), descriptor_(open_for_writing(file_)) {
  if (descriptor_ < 0 && !interrupted()) {
    throw InputError(fmt::format("{}: cannot be written", file_.string()));
  }
  plain_ = is_plain(descriptor_);
}

ByteStream::~ByteStream() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void ByteStream::write(std::string_view bytes) {
  while (!bytes.empty() && descriptor_ >= 0 && !failed_) {
    if (plain_ || is_ready()) {
      write_some(bytes);
    } else if (interrupted()) {
      return;
    }
  }
}

bool ByteStream::is_ready() const {
  pollfd poll{descriptor_, POLLOUT, 0};
  return ::poll(&poll, 1, kWaitMilliseconds) > 0;
}

void ByteStream::write_some(std::string_view& bytes) {
  // As much as a pipe takes that is ready.
  const auto size = plain_ ? bytes.size() : std::min<std::size_t>(bytes.size(), PIPE_BUF);
  const auto written = ::write(descriptor_, bytes.data(), size);
  if (written >= 0) {
    bytes.remove_prefix(static_cast<std::size_t>(written));
  } else {
    failed_ = errno != EINTR && errno != EAGAIN;
  }
}

void ByteStream::close() {
  if (descriptor_ < 0) return;
  failed_ = ::close(std::exchange(descriptor_, -1)) != 0 || failed_;
  if (failed_) {
    throw DiskFullError(fmt::format("{}: cannot be written (disk full?)", file_.string()));
  }
}

}  // namespace dwmtj
