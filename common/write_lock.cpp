// SPDX-License-Identifier: Apache-2.0
#include "common/write_lock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr int kNone = -1;

int open_to_lock(const std::filesystem::path& path) {
  std::error_code not_there;
  const int flags = std::filesystem::is_directory(path, not_there)
                        ? O_RDONLY | O_DIRECTORY | O_CLOEXEC
                        : O_RDWR | O_CREAT | O_CLOEXEC;
  return open(path.c_str(), flags, 0666);
}

// Whoever held the lock may have renamed the file away before letting go of it.
bool still_at(const std::filesystem::path& path, int descriptor) {
  struct stat locked {};
  struct stat named {};
  return fstat(descriptor, &locked) == 0 && stat(path.c_str(), &named) == 0 &&
         locked.st_ino == named.st_ino && locked.st_dev == named.st_dev;
}

// Descriptors of the locks of this process.
class Held {
 public:
  void add(int descriptor) {
    const std::lock_guard<std::mutex> guard(mutex_);
    descriptors_.insert(descriptor);
  }
  void close_one(int descriptor) {
    const std::lock_guard<std::mutex> guard(mutex_);
    if (descriptors_.erase(descriptor) > 0) close(descriptor);
  }
  void close_all() {  // of the one thread there is
    for (const int descriptor : descriptors_) close(descriptor);
    descriptors_.clear();
  }

 private:
  std::mutex mutex_;
  std::set<int> descriptors_;
};

Held& held() {
  static auto& all = *new Held;  // outlives every lock
  return all;
}

}  // namespace

WriteLock::WriteLock(const std::filesystem::path& path, const std::filesystem::path& target)
    : descriptor_(kNone) {
  for (;;) {
    descriptor_ = open_to_lock(path);
    if (descriptor_ == kNone) {
      throw InputError(
          fmt::format("{}: cannot be written: {}", target.string(), std::strerror(errno)));
    }
    const bool ours = flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    const bool taken = !ours && errno == EWOULDBLOCK;
    // A file system without locks is no reason not to write.
    if (!taken && (!ours || still_at(path, descriptor_))) break;
    close(descriptor_);
    if (taken) {
      throw InputError(fmt::format("{}: another run is writing here", target.string()));
    }
  }
  held().add(descriptor_);
}

WriteLock::WriteLock(WriteLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, kNone)) {}

WriteLock::~WriteLock() {
  if (descriptor_ != kNone) held().close_one(descriptor_);
}

void WriteLock::leave_to_parent() { held().close_all(); }

}  // namespace dwmtj
