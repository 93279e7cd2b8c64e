// SPDX-License-Identifier: Apache-2.0
// From measured switching voltages to the constants of a site: the depth and the barrier with which
// the switching law gives that V_C,avg and var in the staircase of the measurement. Exact sums over
// transition tables, no sampling.
#pragma once

#include "characterization/pulse_record.h"

namespace dwmtj {

struct SwitchingMeasurement {
  Voltage mean;  // V_C,avg
  double var;    // (V_C,max - V_C,min) / (2 V_C,avg)
  int cycles;    // over how many cycles the extremes were taken
};

// A site of a device, left in a phase of its protocol: the ramp from saturation, or the reset from
// the last site.
struct SwitchingSite {
  DeviceParameters device;
  std::size_t site = 0;
  Phase phase = Phase::write;
};

// A device that is one notch and starts there: what is known of a site outside of any device.
struct SingleNotch {
  Voltage step;  // of the staircase, from 0 V
  PulseShape shape;
  Time attempt_time;
  double barrier_exponent;
};
SwitchingSite single_notch(const SingleNotch& notch);

// What the law expects: of a cycle that sees the wall at the site, and of `cycles` of them.
struct ExpectedSwitching {
  double seen;  // chance that a cycle sees the wall there, and leaving
  Voltage mean;
  double var;
};
ExpectedSwitching expected_switching(const SwitchingSite& site, int cycles);
// The same of every site of a device, at a temperature.
std::vector<ExpectedSwitching> expected_switchings(const DeviceParameters& device, Phase phase,
                                                   int cycles, Temperature temperature);

struct CalibratedSite {
  Length depth;
  double barrier;            // kT at 300 K, at the compensation field
  Voltage critical_voltage;  // at the pads, in the field of the phase: where the barrier vanishes
  ExpectedSwitching expected;
};

// The lowest barrier from 15 to 3000 kT that gives the measured values. Throws InputError when none
// does, and says what can be reached.
CalibratedSite calibrate(const SwitchingSite& site, const SwitchingMeasurement& measurement);

}  // namespace dwmtj
