// SPDX-License-Identifier: Apache-2.0
#include "common/spool.h"

#include <cerrno>
#include <cstdio>
#include <mutex>
#include <unistd.h>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

// Never closed: the process takes it along. -1: there is none.
int descriptor() {
  static std::FILE* const kFile = std::tmpfile();
  return kFile == nullptr ? -1 : fileno(kFile);
}

}  // namespace

std::uint64_t spool(const std::string& bytes) {
  static std::mutex mutex;
  static std::uint64_t end = 0;
  const std::lock_guard<std::mutex> lock(mutex);
  for (std::size_t done = 0; done < bytes.size();) {
    const auto written = pwrite(descriptor(), bytes.data() + done, bytes.size() - done,
                                static_cast<off_t>(end + done));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return kNoRoom;
    done += static_cast<std::size_t>(written);
  }
  end += bytes.size();
  return end - bytes.size();
}

void unspool(std::uint64_t offset, std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto taken = pread(descriptor(), bytes.data() + done, bytes.size() - done,
                             static_cast<off_t>(offset + done));
    if (taken < 0 && errno == EINTR) continue;
    if (taken <= 0) {
      throw InputError(fmt::format("a temporary file cannot be read: {}", std::strerror(errno)));
    }
    done += static_cast<std::size_t>(taken);
  }
}

}  // namespace dwmtj
