// SPDX-License-Identifier: Apache-2.0
// Between SystemC's time and whole picoseconds. The kernel adds times without a look, in 64 bits
// without a sign: with all of them checked here, a sum of two does not wrap.
#pragma once

#include <limits>

#include <systemc>

#include "common/input_error.h"
#include "common/picoseconds.h"

namespace dwmtj {

// Ticks of the kernel in a picosecond: 1 at the default resolution, more at a finer one. Throws
// InputError at a coarser one.
inline sc_dt::uint64 ticks_per_picosecond() {
  static const sc_dt::uint64 kTicks = [] {
    const auto ticks = sc_core::sc_time(1, sc_core::SC_PS).value();
    if (ticks > 0) return ticks;
    throw InputError("SystemC's time resolution is " +
                     sc_core::sc_get_time_resolution().to_string() + "; expected 1 ps or finer");
  }();
  return kTicks;
}

// Throws InputError: negative, as a time that ran over, or more than the kernel counts.
inline sc_core::sc_time to_sc_time(Picoseconds time) {
  sc_dt::uint64 ticks = 0;
  if (time < 0 ||
      __builtin_mul_overflow(static_cast<sc_dt::uint64>(time), ticks_per_picosecond(), &ticks)) {
    fail_after_the_last_picosecond();
  }
  return sc_core::sc_time::from_value(ticks);
}

// Whole picoseconds of `time`, the rest cut off; throws InputError where they are too many.
inline Picoseconds to_picoseconds(const sc_core::sc_time& time) {
  const auto picoseconds = time.value() / ticks_per_picosecond();
  if (picoseconds > static_cast<sc_dt::uint64>(std::numeric_limits<Picoseconds>::max())) {
    fail_after_the_last_picosecond();
  }
  return static_cast<Picoseconds>(picoseconds);
}

inline Picoseconds now_ps() { return to_picoseconds(sc_core::sc_time_stamp()); }

}  // namespace dwmtj
