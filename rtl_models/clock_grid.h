// SPDX-License-Identifier: Apache-2.0
// The rising edges of a gated clock, computed instead of toggled: an idle tile costs no events.
#pragma once

#include <systemc>

#include "common/picoseconds.h"

namespace dwmtj {

class ClockGrid {
 public:
  explicit ClockGrid(Time period);

  [[nodiscard]] Picoseconds period() const { return period_; }
  // From now to the first edge strictly after now: what a register that looks now would see.
  [[nodiscard]] sc_core::sc_time to_next_edge() const;
  [[nodiscard]] sc_core::sc_time cycles(int count) const;

 private:
  Picoseconds period_;
};

}  // namespace dwmtj
