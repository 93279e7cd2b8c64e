// SPDX-License-Identifier: Apache-2.0
// Whole divisions that round up.
#pragma once

#include <cstdint>

namespace dwmtj {

// How many parts of a size hold a whole. Not negative, and a size above zero.
constexpr std::int64_t divide_up(std::int64_t whole, std::int64_t size) {
  return (whole + size - 1) / size;
}

}  // namespace dwmtj
