// SPDX-License-Identifier: Apache-2.0
// The domain-wall track seen from above: a trapezoid from IN to CLK with the MTJ on it.
#pragma once

#include "common/units.h"

namespace dwmtj {

struct TrackGeometry {
  Length length;     // IN to CLK
  Length width_in;   // at the IN end
  Length width_clk;  // at the CLK end; equal to width_in for the straight device
  Length mtj_start;  // the MTJ covers [mtj_start, mtj_start + mtj_length], full track width
  Length mtj_length;

  [[nodiscard]] Length width(Length position) const;
  // Share of the MTJ's area that a wall at `position` has left behind, switched to parallel: 0..1.
  [[nodiscard]] double switched_fraction(Length position) const;
};

}  // namespace dwmtj
