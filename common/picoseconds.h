// SPDX-License-Identifier: Apache-2.0
// Simulated time as a whole number of picoseconds, SystemC's default resolution, without SystemC.
#pragma once

#include <cmath>
#include <cstdint>

#include "common/units.h"

namespace dwmtj {

using Picoseconds = std::int64_t;

// The one place where a time becomes picoseconds: rounded to the nearest.
inline Picoseconds to_picoseconds(Time time) {
  return static_cast<Picoseconds>(std::llround(in_si(time) * 1e12));
}

inline Time to_time(Picoseconds time) { return from_si<Time>(static_cast<double>(time) * 1e-12); }

}  // namespace dwmtj
