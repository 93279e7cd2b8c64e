// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/tile_clock.h"

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/sim_time.h"

namespace dwmtj {

void TileClock::check(const std::string& tile) const {
  if (!bound()) return;
  const auto* const clock = dynamic_cast<const sc_core::sc_clock*>(pin_[0]);
  if (clock == nullptr || clock->period() == to_sc_time(period_)) return;
  throw InputError(fmt::format("{}: clk has a period of {}; timing.clock_period of the tile is {}",
                               tile, clock->period().to_string(), to_sc_time(period_).to_string()));
}

void TileClock::wait_edge() {
  if (!bound()) return sc_core::wait(to_next_count());
  sc_core::wait(pin_->posedge_event());
  counted_from_ = now_ps();
}

void TileClock::wait_edge_or(const sc_core::sc_event& event) {
  if (!bound()) return sc_core::wait(to_next_count(), event);
  sc_core::wait(pin_->posedge_event() | event);
}

void TileClock::meet_edge() {
  if (!bound()) return;
  const Picoseconds due = now_ps();
  wait_edge();
  if (now_ps() == due) return;
  SC_REPORT_ERROR("dwmtj/clock", fmt::format("clk rose {} ps late: timing.clock_period is {} ps",
                                             now_ps() - due, period_)
                                     .c_str());
}

sc_core::sc_time TileClock::to_next_count() const {
  return to_sc_time(period_ - (now_ps() - counted_from_) % period_);
}

sc_core::sc_time TileClock::cycles(int count) const { return to_sc_time(repeated(count, period_)); }

}  // namespace dwmtj
