// SPDX-License-Identifier: Apache-2.0
// Between SystemC's time and whole picoseconds.
#pragma once

#include <systemc>

#include "common/picoseconds.h"

namespace dwmtj {

// Ticks of the kernel in a picosecond: 1 at the default resolution, more at a finer one.
inline sc_dt::uint64 ticks_per_picosecond() {
  static const sc_dt::uint64 kTicks = sc_core::sc_time(1, sc_core::SC_PS).value();
  return kTicks;
}

inline sc_core::sc_time to_sc_time(Picoseconds time) {
  return sc_core::sc_time::from_value(static_cast<sc_dt::uint64>(time) * ticks_per_picosecond());
}

// Whole picoseconds of `time`, the rest cut off.
inline Picoseconds to_picoseconds(const sc_core::sc_time& time) {
  return static_cast<Picoseconds>(time.value() / ticks_per_picosecond());
}

inline Picoseconds now_ps() { return to_picoseconds(sc_core::sc_time_stamp()); }

}  // namespace dwmtj
