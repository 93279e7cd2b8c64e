// SPDX-License-Identifier: Apache-2.0
// The minor loop of Figs. 2a and 3a: a field that goes up and down in steps and stays at each, no
// current. Exact, no draws: the mean resistance of many loops.
#pragma once

#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

struct FieldSweep {
  Field most;  // from -most to most and back
  Field step;
  Time dwell;  // at each step
};

struct FieldPoint {
  Field field;
  double resistance;  // ohm, mean
};

struct FieldLoop {
  std::vector<FieldPoint> points;  // up, then down
  double least, most;              // ohm
  double ratio;                    // (most - least) / least: TMR
  double resistance_area;          // ohm m^2: least times the area of the MTJ
  Field up, down;                  // where half of the change has happened
  bool closed;                     // both ends of the track are reached
  [[nodiscard]] Field offset() const { return 0.5 * (up + down); }
};

// A positive field moves walls as a positive current does, where the coupling is positive. Stops
// early when the run is interrupted.
FieldLoop field_loop(const DeviceModel& model, const FieldSweep& sweep);

}  // namespace dwmtj
