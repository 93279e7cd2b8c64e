// SPDX-License-Identifier: Apache-2.0
// A recording could not be written any further. The simulation itself is sound.
#pragma once

#include <stdexcept>
#include <string>

namespace dwmtj {

// The exit status of a program that ends with a DiskFullError.
inline constexpr int kDiskFullStatus = 3;

class DiskFullError : public std::runtime_error {
 public:
  explicit DiskFullError(const std::string& message) : std::runtime_error(message) {}
  DiskFullError(const std::string& file, const std::string& reason)
      : DiskFullError(file + ": the recording stops here (" + reason +
                      "); what is in the file can be read") {}
};

}  // namespace dwmtj
