// SPDX-License-Identifier: Apache-2.0
// From measured switching voltages to the constants of the law: the barrier and critical voltage
// with which a staircase of pulses gives that V_C,avg and var. Exact sums, no sampling.
#pragma once

#include "devices/pulse.h"

namespace dwmtj {

struct SwitchingMeasurement {
  Voltage mean;  // V_C,avg
  double var;    // (V_C,max - V_C,min) / (2 V_C,avg)
  int cycles;    // over how many cycles the extremes were taken
  Voltage step;  // of the staircase
  PulseShape shape;
  Time attempt_time;
  double barrier_exponent;
};

struct CalibratedSite {
  Voltage critical_voltage;  // where the barrier vanishes
  double barrier;            // kT at the temperature of the measurement
};

// Mean and expected `var` of the switching voltage of a site under the staircase of `measurement`.
struct ExpectedSwitching {
  Voltage mean;
  double var;
};
ExpectedSwitching expected_switching(const SwitchingMeasurement& measurement,
                                     const CalibratedSite& site);

// Throws InputError when no barrier from 15 to 3000 kT gives that var.
CalibratedSite calibrate(const SwitchingMeasurement& measurement);

}  // namespace dwmtj
