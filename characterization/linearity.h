// SPDX-License-Identifier: Apache-2.0
// Potentiation and depression by trains of nominal pulses, and the nonlinearity of the mean
// conductance in the form that Table 1 of the paper uses. Exact, no draws.
#pragma once

#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

// A train ends when the mean conductance has gone this share of its range.
inline constexpr double kTrainCutOff = 0.99;

struct PulseTrain {
  Pulse pulse;
  std::vector<double> conductance;  // S, the mean after each pulse; the first before any
  bool complete;                    // it came to the cut-off
  double nonlinearity;              // nu, negative for depression; of a complete train
  double lost;  // share of the pulses that moved nothing, the last site's not counted
};

// From the first site towards CLK, or from the last one towards IN.
PulseTrain pulse_train(const DeviceModel& model, Direction direction);

// nu of values that go from 0 to 1: the best fit of (1 - exp(-nu p)) / (1 - exp(-nu)), p from 0
// to 1.
double nonlinearity(const std::vector<double>& values);

}  // namespace dwmtj
