// SPDX-License-Identifier: Apache-2.0
// How the switching probability depends on the length of the pulse; edges in proportion.
#pragma once

#include <vector>

#include "characterization/sweep.h"
#include "devices/device_model.h"

namespace dwmtj {

struct PulseWidthPoint {
  int site;
  Time width;
  Voltage amplitude;
  double probability;  // of leaving `site` in one pulse towards CLK
};

// Every site but the last, every width, every amplitude of the sweep.
std::vector<PulseWidthPoint> pulse_width_map(const DeviceModel& model, const Sweep& sweep,
                                             const std::vector<Time>& widths);

}  // namespace dwmtj
