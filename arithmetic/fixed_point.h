// SPDX-License-Identifier: Apache-2.0
// The number of the digital unit: 32 bits, 16 of them behind the point. What does not fit becomes
// the nearest that does; what falls between two becomes the nearer, of two as near the even one.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace dwmtj {

struct Fixed {
  std::int32_t raw = 0;

  static constexpr int kFractionBits = 16;
  static constexpr double kStep = 1.0 / (1 << kFractionBits);
};

inline bool operator==(Fixed a, Fixed b) { return a.raw == b.raw; }
inline bool operator<(Fixed a, Fixed b) { return a.raw < b.raw; }

inline Fixed saturated(std::int64_t raw) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int32_t>::min();
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  return {static_cast<std::int32_t>(std::clamp(raw, kLeast, kMost))};
}

// value / 2^bits, rounded.
inline std::int64_t rounded_shift(std::int64_t value, int bits) {
  const std::int64_t whole = value >> bits;
  const std::int64_t half = std::int64_t{1} << (bits - 1);
  const std::int64_t rest = value & (half - 1 + half);
  return whole + ((rest > half || (rest == half && (whole & 1) != 0)) ? 1 : 0);
}

// sum / count, rounded; count > 0.
inline std::int64_t rounded_quotient(std::int64_t sum, std::int64_t count) {
  std::int64_t whole = sum / count;
  std::int64_t rest = sum % count;
  if (rest < 0) {
    rest += count;
    --whole;
  }
  const std::int64_t twice = 2 * rest;
  return whole + ((twice > count || (twice == count && (whole & 1) != 0)) ? 1 : 0);
}

// A value that is no number becomes 0.
inline Fixed to_fixed(double value) {
  constexpr double kLeast = std::numeric_limits<std::int32_t>::min();
  constexpr double kMost = std::numeric_limits<std::int32_t>::max();
  const double scaled = std::clamp(std::nearbyint(value / Fixed::kStep), kLeast, kMost);
  return {scaled == scaled ? static_cast<std::int32_t>(scaled) : 0};
}
inline double to_double(Fixed value) { return value.raw * Fixed::kStep; }

inline Fixed operator+(Fixed a, Fixed b) { return saturated(std::int64_t{a.raw} + b.raw); }
inline Fixed operator-(Fixed a, Fixed b) { return saturated(std::int64_t{a.raw} - b.raw); }
inline Fixed operator*(Fixed a, Fixed b) {
  return saturated(rounded_shift(std::int64_t{a.raw} * b.raw, Fixed::kFractionBits));
}

}  // namespace dwmtj
