// SPDX-License-Identifier: Apache-2.0
// 64 bits that tell two lists of numbers apart at a glance (FNV-1a; no protection against intent).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace dwmtj {

class FnvDigest {
 public:
  // Byte by byte from the lowest, so that the digest is the same on every machine.
  template <typename Integer>
  void add(Integer value) {
    auto bits = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(Integer); ++i, bits >>= 8U) {
      hash_ = (hash_ ^ (bits & 0xffU)) * 0x100000001b3U;
    }
  }
  void add(float value) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    add(bits);
  }

  // The length too, so that values cannot move from one list to the next unseen.
  template <typename Number>
  void add(const std::vector<Number>& values) {
    add(static_cast<std::uint64_t>(values.size()));
    for (const auto value : values) add(value);
  }

  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace dwmtj
