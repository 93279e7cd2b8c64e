// SPDX-License-Identifier: Apache-2.0
// The clock of a tile: the one that is bound to its pin, or else its own. Either way the tile waits
// for the edges it needs and lets the others pass, so that an idle tile makes no events.
#pragma once

#include <string>

#include <systemc>

#include "common/picoseconds.h"

namespace dwmtj {

// May stay unbound.
using ClockPin =
    sc_core::sc_port<sc_core::sc_signal_in_if<bool>, 1, sc_core::SC_ZERO_OR_MORE_BOUND>;

class TileClock {
 public:
  TileClock(Picoseconds period, const ClockPin& pin) : period_(period), pin_(pin) {}

  // Once elaborated. Throws InputError where the bound sc_clock has another period.
  void check(const std::string& tile) const;
  [[nodiscard]] bool bound() const { return pin_.size() > 0; }
  [[nodiscard]] Picoseconds period() const { return period_; }

  // For threads. The first rising edge after now, as a flip-flop sees it: inputs have their values
  // from before, what is written now comes after.
  void wait_edge();
  // The same, or the event where that is earlier.
  void wait_edge_or(const sc_core::sc_event& event);
  // The edge that is due now: a bound clock rises a delta cycle after those who wait for its time.
  void meet_edge();

  // Within a command time goes by a count of cycles from the edge that took it: no edge is waited
  // for, whatever the pin does. From now to the first one strictly after now:
  [[nodiscard]] sc_core::sc_time to_next_count() const;
  [[nodiscard]] sc_core::sc_time cycles(int count) const;

 private:
  Picoseconds period_;
  const ClockPin& pin_;
  Picoseconds counted_from_ = 0;
};

}  // namespace dwmtj
