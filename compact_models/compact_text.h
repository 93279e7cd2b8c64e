// SPDX-License-Identifier: Apache-2.0
// A device as text for circuit simulators: a subcircuit for ngspice, a module in Verilog-A.
#pragma once

#include <cstdint>
#include <string>

#include "compact_models/site_law.h"

namespace dwmtj {

// `.subckt NAME in clk out ref site`: the track, the MTJ, and the number of the wall's site as a
// voltage. Every instance draws its own thresholds; `.option seed=2` for others.
std::string spice_subcircuit(const DeviceLaw& law);

// `module NAME(inn, clk, out, ref)`, its thresholds drawn here and open to be set, since the common
// subset of the language has no random numbers.
std::string verilog_a_module(const DeviceLaw& law, std::uint64_t seed);

}  // namespace dwmtj
