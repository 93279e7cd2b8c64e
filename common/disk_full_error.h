// SPDX-License-Identifier: Apache-2.0
// Something could not be written, or not to its end: most often a full disk. The work itself is
// sound.
#pragma once

#include <stdexcept>
#include <string>

namespace dwmtj {

// The exit status of a program that ends with a DiskFullError.
inline constexpr int kDiskFullStatus = 3;

class DiskFullError : public std::runtime_error {
 public:
  explicit DiskFullError(const std::string& message) : std::runtime_error(message) {}
  // Of a recording, whose beginning is kept.
  DiskFullError(const std::string& file, const std::string& reason)
      : DiskFullError(file + ": the recording stops here (" + reason +
                      "); what is in the file can be read") {}
};

}  // namespace dwmtj
