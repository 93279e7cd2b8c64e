// SPDX-License-Identifier: Apache-2.0
// The right to write a file or into a folder. The system takes it back however a process ends, so
// nothing is left to be cleaned up.
#pragma once

#include <filesystem>

namespace dwmtj {

class WriteLock {
 public:
  // Of a file, which is created if it is not there, or of a folder that is. Throws InputError about
  // `target` when it cannot be opened, or when another process (or object) holds it.
  WriteLock(const std::filesystem::path& path, const std::filesystem::path& target);
  ~WriteLock();
  WriteLock(WriteLock&& other) noexcept;
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

  // Of a forked process, once: the locks that were taken before are its parent's alone, and go with
  // it.
  static void leave_to_parent();

 private:
  int descriptor_;
};

}  // namespace dwmtj
