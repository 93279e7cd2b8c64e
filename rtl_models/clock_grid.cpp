// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/clock_grid.h"

#include "common/sim_time.h"

namespace dwmtj {

ClockGrid::ClockGrid(Time period) : period_(to_picoseconds(period)) {}

sc_core::sc_time ClockGrid::to_next_edge() const {
  return to_sc_time(period_ - now_ps() % period_);
}

sc_core::sc_time ClockGrid::cycles(int count) const { return to_sc_time(repeated(count, period_)); }

}  // namespace dwmtj
