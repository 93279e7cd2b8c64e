// SPDX-License-Identifier: Apache-2.0
// What temperature does to a device: V_C,avg and var of every site in the ramp and in the reset,
// and its retention. Exact, no draws.
#pragma once

#include <vector>

#include "characterization/calibration.h"

namespace dwmtj {

struct TemperaturePoint {
  Temperature temperature;
  int site;
  Phase phase;
  ExpectedSwitching switching;  // over the cycles of the device's protocol
  double left_in_ten_years;
};

// The sites that are left in a phase, at each temperature; stops early when the run is interrupted.
std::vector<TemperaturePoint> temperature_map(const DeviceParameters& parameters,
                                              const std::vector<Temperature>& temperatures);

}  // namespace dwmtj
