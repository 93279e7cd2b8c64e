// SPDX-License-Identifier: Apache-2.0
// The equations of a compact model, in the arithmetic that ngspice and Verilog-A share.
//
// A wall is exposed to pulses: the integral of the rate of its site, forward pulses and reverse
// ones each on their own. Each random threshold that an exposure passes is a hop, so the site is a
// sum of steps, and nothing has to be reset. Flights between sites take no time.
#pragma once

#include <string>

#include "compact_models/site_law.h"

namespace dwmtj {

// What the quantities are called in the language at hand.
struct WallNames {
  std::string site;     // counted from 0 at the IN end
  std::string current;  // A, from IN to CLK
  std::string forward;  // exposures
  std::string reverse;
  std::string forward_threshold;  // with {} where its number stands
  std::string reverse_threshold;
};

// How many hops each way a run can hold: three passes over the track.
int hops_of_a_run(const DeviceLaw& law);

// In units of the attempt rate.
std::string exposure_rate(const DeviceLaw& law, Direction direction, const WallNames& names);
// From `s0`; each threshold is passed within `width`.
std::string site_expression(const DeviceLaw& law, const WallNames& names);
std::string conductance_expression(const DeviceLaw& law, const WallNames& names);

}  // namespace dwmtj
