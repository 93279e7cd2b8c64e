// SPDX-License-Identifier: Apache-2.0
// A standard normal from two random words: Box-Muller with a logarithm and a cosine of its own, in
// plain arithmetic without branches. So a loop over many becomes vector code, with the same bits.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

namespace dwmtj {

// Exact, and unlike a cast the same single instruction on every vector unit.
inline double as_double(std::uint64_t below_2_to_52) {
  const std::uint64_t bits = 0x4330000000000000U | below_2_to_52;  // 2^52 and the number
  double value = 0.0;
  std::memcpy(&value, &bits, sizeof value);
  return value - 0x1p52;
}

// ln((word + 1/2) / 2^32), to 4e-14 of its value: 2 atanh(s) of a mantissa in [sqrt(1/2), sqrt(2)).
inline double log_uniform(std::uint32_t word) {
  constexpr std::uint64_t kOrigin = 0x3fd6a09e667f3bcdU;  // the bits of sqrt(1/8), below 1/2
  const double value = as_double(word) + 0.5;
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  const std::uint64_t doublings = (bits - kOrigin) >> 52U;
  bits += (std::uint64_t{1} - doublings) << 52U;
  double mantissa = 0.0;
  std::memcpy(&mantissa, &bits, sizeof mantissa);
  const double s = (mantissa - 1.0) / (mantissa + 1.0);
  const double z = s * s;
  // Chebyshev fit of 2 atanh(s) / s.
  const double fit =
      1.999999999999965 +
      z * (0.6666666667983331 +
           z * (0.39999994814068124 +
                z * (0.28572174375598536 + z * (0.2217389800983513 + z * 0.1961331790672285))));
  return (as_double(doublings) - 33.0) * 0.6931471805599453 + s * fit;
}

// cos(2 pi word / 2^32), to 1e-13: as the sine of what is left of a quarter turn.
inline double cos_of_turn(std::uint32_t word) {
  const std::uint32_t from_zero = word >> 31U != 0 ? 0U - word : word;
  const double y = 0.25 - as_double(from_zero) * 0x1p-32;
  const double z = y * y;
  // Chebyshev fit of sin(2 pi y) / y.
  return y * (6.283185307179324 +
              z * (-41.341702239907534 +
                   z * (81.60524914986506 +
                        z * (-76.70584760949875 +
                             z * (42.058137128025606 +
                                  z * (-15.081518474943021 + z * 3.6660599309377133))))));
}

inline double normal(std::uint32_t radius_word, std::uint32_t angle_word) {
  return std::sqrt(-2.0 * log_uniform(radius_word)) * cos_of_turn(angle_word);
}

// No normal() is larger: its radius comes from 32 bits.
inline constexpr double kLargestNormal = 6.77;

}  // namespace dwmtj
