// SPDX-License-Identifier: Apache-2.0
// Fig. 4b: how much harder each site is to leave than the first, in volts, beside the metaplastic
// factor of Eq. 1 and the measured switching voltages. Exact, no draws.
#pragma once

#include <optional>
#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

struct MetaplasticPoint {
  int site;
  double weight;                    // abs(W) of the site: evenly from 0 to 1, as the network has it
  double position;                  // of the wall, from the first site to the last
  double equation_1;                // at `weight`, with the widths of the track
  Voltage switching;                // V_C,avg in the ramp of the device
  double factor;                    // that of the first site over it
  std::optional<Voltage> measured;  // V_C,avg of the device file ...
  double measured_factor = 0.0;     // ... and the first site's of the model over it
};

// Of the sites that a ramp leaves.
std::vector<MetaplasticPoint> metaplastic_factors(const DeviceParameters& device);

// (1 - abs(W)) (w2 - w1) / w2 + w1 / w2.
double equation_1(double weight, double width_ratio);

}  // namespace dwmtj
