// SPDX-License-Identifier: Apache-2.0
// Philox4x32-10 for many counters side by side, in loops a compiler turns into vector code: twice
// the speed of one call a device (benchmarks/device_array_benchmark.cpp). Equal to Random123's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "arrays/vector_units.h"

namespace dwmtj {

template <std::size_t Lanes>
struct PhiloxLanes {
  // The counters going in, the random words coming out.
  alignas(64) std::array<std::array<std::uint32_t, Lanes>, 4> word{};

  DWMTJ_INLINE void run(std::uint64_t seed) {
    auto key0 = static_cast<std::uint32_t>(seed);
    auto key1 = static_cast<std::uint32_t>(seed >> 32U);
    for (int round = 0; round < 10; ++round) {
      for (std::size_t i = 0; i < Lanes; ++i) {
        const std::uint64_t a = std::uint64_t{0xD2511F53U} * word[0][i];
        const std::uint64_t b = std::uint64_t{0xCD9E8D57U} * word[2][i];
        word[0][i] = static_cast<std::uint32_t>(b >> 32U) ^ word[1][i] ^ key0;
        word[2][i] = static_cast<std::uint32_t>(a >> 32U) ^ word[3][i] ^ key1;
        word[1][i] = static_cast<std::uint32_t>(b);
        word[3][i] = static_cast<std::uint32_t>(a);
      }
      key0 += 0x9E3779B9U;
      key1 += 0xBB67AE85U;
    }
  }
};

}  // namespace dwmtj
