// SPDX-License-Identifier: Apache-2.0
// Figs. 2c-d: pulses of growing amplitude towards CLK, then back towards IN under the reset field;
// repeated without saturating in between.
#pragma once

#include "characterization/staircase.h"

namespace dwmtj {

// `reset_stop` is the largest amplitude of the reset phase, unsigned. The model outlives the
// measurement.
Measurement write_reset(const DeviceModel& model, const Sweep& sweep, Voltage reset_stop);

}  // namespace dwmtj
