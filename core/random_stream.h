// SPDX-License-Identifier: Apache-2.0
// Counter-based randomness (Philox4x32-10, Salmon et al., SC'11): a draw is a pure function of
// (seed, stream, instance, count), so results depend on no event order, thread count or tile shape.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include <Random123/philox.h>

namespace dwmtj {

// Who draws. One row per kind of instance; values are part of the reproducibility contract.
enum class Stream : std::uint32_t {
  device = 0,      // one draw a write pulse or initialisation
  instrument = 1,  // read noise of a 4-point resistance measurement
  comparator_offset = 2,
  comparator_noise = 3,
  reference_error = 4,
  stimulus = 5,  // random patterns and traces of testbenches
};

struct Draw {
  std::array<std::uint32_t, 4> words;
};

inline Draw draw(std::uint64_t seed, Stream stream, std::uint64_t instance, std::uint32_t count) {
  const r123::Philox4x32::ctr_type counter = {{static_cast<std::uint32_t>(instance),
                                               static_cast<std::uint32_t>(instance >> 32U), count,
                                               static_cast<std::uint32_t>(stream)}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}};
  const auto block = r123::Philox4x32{}(counter, key);
  return Draw{{block[0], block[1], block[2], block[3]}};
}

// In [0, 1), from one word.
inline double uniform(std::uint32_t word) { return word * 0x1p-32; }

// Standard normal from two words (Box-Muller; the first is kept off zero).
inline double normal(std::uint32_t radius_word, std::uint32_t angle_word) {
  constexpr double kTwoPi = 6.283185307179586476925286766559;
  const double radius = std::sqrt(-2.0 * std::log((radius_word + 0.5) * 0x1p-32));
  return radius * std::cos(kTwoPi * (angle_word * 0x1p-32));
}

// No normal() is larger: its radius comes from 32 bits.
inline constexpr double kLargestNormal = 6.77;

}  // namespace dwmtj
