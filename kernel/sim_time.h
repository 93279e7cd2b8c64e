// SPDX-License-Identifier: Apache-2.0
// Between SystemC's time and whole picoseconds.
#pragma once

#include <systemc>

#include "ledger/picoseconds.h"

namespace dwmtj {

inline sc_core::sc_time to_sc_time(Picoseconds time) {
  return sc_core::sc_time(static_cast<double>(time), sc_core::SC_PS);
}

// Whole picoseconds of `time`: exact at the default resolution of 1 ps.
inline Picoseconds to_picoseconds(const sc_core::sc_time& time) {
  static const double kResolution =
      sc_core::sc_get_time_resolution() / sc_core::sc_time(1, sc_core::SC_PS);
  return static_cast<Picoseconds>(static_cast<double>(time.value()) * kResolution);
}

inline Picoseconds now_ps() { return to_picoseconds(sc_core::sc_time_stamp()); }

}  // namespace dwmtj
