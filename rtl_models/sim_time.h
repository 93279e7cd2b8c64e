// SPDX-License-Identifier: Apache-2.0
// Between SystemC's time and whole picoseconds.
#pragma once

#include <systemc>

#include "ledger/picoseconds.h"

namespace dwmtj {

inline sc_core::sc_time to_sc_time(Picoseconds time) {
  return sc_core::sc_time(static_cast<double>(time), sc_core::SC_PS);
}

inline Picoseconds now_ps() {
  static const double kResolution =
      sc_core::sc_get_time_resolution() / sc_core::sc_time(1, sc_core::SC_PS);
  return static_cast<Picoseconds>(static_cast<double>(sc_core::sc_time_stamp().value()) *
                                  kResolution);
}

}  // namespace dwmtj
