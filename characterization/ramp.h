// SPDX-License-Identifier: Apache-2.0
// Figs. 2b and 3b: from saturation, pulses of growing amplitude, the MTJ read after each; again for
// every cycle.
#pragma once

#include "characterization/pulse_record.h"
#include "characterization/sweep.h"

namespace dwmtj {

DeviceRecord measure_ramp(const DeviceModel& model, const Sweep& sweep, std::uint64_t device);

}  // namespace dwmtj
