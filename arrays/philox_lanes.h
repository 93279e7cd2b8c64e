// SPDX-License-Identifier: Apache-2.0
// Philox4x32-10 for many counters side by side, in vector code: several times the speed of one call
// a device (benchmarks/device_array_benchmark.cpp). Equal to Random123's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "common/vector_units.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace dwmtj {

template <std::size_t Lanes>
struct PhiloxLanes {
  // The counters going in, the random words coming out.
  alignas(64) std::array<std::array<std::uint32_t, Lanes>, 4> word{};

  // A loop that a compiler turns into vector code.
  DWMTJ_INLINE void run(std::uint64_t seed) {
    auto key0 = static_cast<std::uint32_t>(seed);
    auto key1 = static_cast<std::uint32_t>(seed >> 32U);
    for (int round = 0; round < 10; ++round) {
      for (std::size_t i = 0; i < Lanes; ++i) {
        const std::uint64_t a = std::uint64_t{kMultiplier0} * word[0][i];
        const std::uint64_t b = std::uint64_t{kMultiplier1} * word[2][i];
        word[0][i] = static_cast<std::uint32_t>(b >> 32U) ^ word[1][i] ^ key0;
        word[2][i] = static_cast<std::uint32_t>(a >> 32U) ^ word[3][i] ^ key1;
        word[1][i] = static_cast<std::uint32_t>(b);
        word[3][i] = static_cast<std::uint32_t>(a);
      }
      key0 += kWeyl0;
      key1 += kWeyl1;
    }
  }

#if defined(__x86_64__)
  // Sixteen lanes at a time, each in 64 bits of its own and all ten rounds in registers: 1.5 to 2
  // times the speed of what compilers make of run().
  DWMTJ_AVX512 void run_avx512(std::uint64_t seed) {
    static_assert(Lanes % 16 == 0);
    for (std::size_t i = 0; i < Lanes; i += 16) run_16(i, seed);
  }

 private:
  using Narrow = std::uint32_t __attribute__((vector_size(32)));
  using Wide = std::uint64_t __attribute__((vector_size(64)));

  DWMTJ_AVX512 DWMTJ_INLINE void run_16(std::size_t first, std::uint64_t seed) {
    // As a template argument, of std::array, a vector loses its attributes.
    Wide words[4][2];
    for (std::size_t w = 0; w < 4; ++w) {
      for (std::size_t half = 0; half < 2; ++half) {
        Narrow from;
        std::memcpy(&from, &word[w][first + 8 * half], sizeof from);
        words[w][half] = __builtin_convertvector(from, Wide);
      }
    }
    auto key0 = static_cast<std::uint32_t>(seed);
    auto key1 = static_cast<std::uint32_t>(seed >> 32U);
    for (int round = 0; round < 10; ++round) {
      for (std::size_t half = 0; half < 2; ++half) {
        const Wide a = product(words[0][half], kMultiplier0);
        const Wide b = product(words[2][half], kMultiplier1);
        words[0][half] = (b >> 32U) ^ words[1][half] ^ std::uint64_t{key0};
        words[2][half] = (a >> 32U) ^ words[3][half] ^ std::uint64_t{key1};
        words[1][half] = b;
        words[3][half] = a;
      }
      key0 += kWeyl0;
      key1 += kWeyl1;
    }
    for (std::size_t w = 0; w < 4; ++w) {
      for (std::size_t half = 0; half < 2; ++half) {
        const Narrow to = __builtin_convertvector(words[w][half], Narrow);
        std::memcpy(&word[w][first + 8 * half], &to, sizeof to);
      }
    }
  }
  // Of the lower 32 bits, whatever lies above them. With all lanes unmasked: the plain form warns
  // of a variable of its own in g++ 12.
  DWMTJ_AVX512 DWMTJ_INLINE static Wide product(Wide a, std::uint32_t b) {
    const auto factor = reinterpret_cast<__m512i>(Wide{} + std::uint64_t{b});
    return reinterpret_cast<Wide>(
        _mm512_maskz_mul_epu32(0xff, reinterpret_cast<__m512i>(a), factor));
  }
#endif

  // NOLINTNEXTLINE(readability-redundant-access-specifiers): the other is of one machine
 private:
  static constexpr std::uint32_t kMultiplier0 = 0xD2511F53U;
  static constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57U;
  static constexpr std::uint32_t kWeyl0 = 0x9E3779B9U;
  static constexpr std::uint32_t kWeyl1 = 0xBB67AE85U;
};

}  // namespace dwmtj
