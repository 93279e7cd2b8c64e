// SPDX-License-Identifier: Apache-2.0
// Figs. 2b and 3b: from saturation, pulses of growing amplitude, the MTJ read after each; again for
// every cycle.
#pragma once

#include "characterization/staircase.h"

namespace dwmtj {

// The model outlives the measurement.
Measurement ramp(const DeviceModel& model, const Sweep& sweep);

}  // namespace dwmtj
