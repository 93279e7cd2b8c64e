// SPDX-License-Identifier: Apache-2.0
// The chance that a wall has left its site after a time: at rest, or under a steady read voltage.
#pragma once

#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

inline const Time kTenYears = 10.0 * 365.25 * 86400.0 * si::seconds;

struct RetentionPoint {
  int site;
  Temperature temperature;
  Time time;
  double probability;
};

struct RetentionConditions {
  std::vector<Temperature> temperatures;
  Current current;  // steady, through the track
  Field bias;
};

// Times from 1 ns to 100 years in half decades, and ten years, for every site and temperature.
std::vector<RetentionPoint> retention_curve(const DeviceParameters& parameters,
                                            const RetentionConditions& conditions);

}  // namespace dwmtj
