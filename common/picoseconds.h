// SPDX-License-Identifier: Apache-2.0
// Simulated time as a whole number of picoseconds, SystemC's default resolution, without SystemC.
// It cannot wrap: a time is checked where it becomes picoseconds and where times are added.
#pragma once

#include <cstdint>

#include "common/units.h"

namespace dwmtj {

using Picoseconds = std::int64_t;  // up to 106 days

// What may enter as one duration: 11 days, so that a sum of a few still fits.
inline constexpr Picoseconds kLongestDuration = 1'000'000'000'000'000'000;

// What becomes of a simulation that goes on for longer than Picoseconds can count.
[[noreturn]] void fail_after_the_last_picosecond();

// The one place where a time becomes picoseconds: rounded to the nearest. Throws InputError: longer
// than kLongestDuration, or not a number.
Picoseconds to_picoseconds(Time time);

// A duration as a person gives it: 0, or from a picosecond to kLongestDuration; what lies between
// would round to nothing, or to twice as much. Throws InputError.
void check_duration(Time time);

inline Time to_time(Picoseconds time) { return from_si<Time>(static_cast<double>(time) * 1e-12); }

// `time` + `duration`; throws InputError where that is after the last picosecond.
inline Picoseconds later(Picoseconds time, Picoseconds duration) {
  Picoseconds sum = 0;
  if (__builtin_add_overflow(time, duration, &sum)) fail_after_the_last_picosecond();
  return sum;
}

// `count` x `duration`, checked likewise.
inline Picoseconds repeated(std::int64_t count, Picoseconds duration) {
  Picoseconds product = 0;
  if (__builtin_mul_overflow(count, duration, &product)) fail_after_the_last_picosecond();
  return product;
}

}  // namespace dwmtj
