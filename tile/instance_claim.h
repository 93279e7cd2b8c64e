// SPDX-License-Identifier: Apache-2.0
// Draws belong to devices and comparators by their number: two tiles of one simulation that had a
// number in common would do the same by accident. Each tile claims its numbers while it lives.
#pragma once

#include <cstdint>
#include <string>

namespace dwmtj {

struct InstanceNumbers {
  std::uint64_t seed;
  std::uint64_t first_device;
  std::uint64_t devices;
  std::uint64_t first_comparator;
  std::uint64_t comparators;
};

class InstanceClaim {
 public:
  // Throws InputError where another tile has one of them. For tiles of one thread.
  InstanceClaim(std::string owner, const InstanceNumbers& numbers);
  ~InstanceClaim();
  InstanceClaim(const InstanceClaim&) = delete;
  InstanceClaim& operator=(const InstanceClaim&) = delete;

 private:
  std::string owner_;
  InstanceNumbers numbers_;
};

}  // namespace dwmtj
