// SPDX-License-Identifier: Apache-2.0
// How arrays are driven and read: what the inputs of a layer are quantised to, what a column's sum
// becomes, and what disturbs it.
#pragma once

#include <cstdint>

#include "common/units.h"

namespace dwmtj {

enum class Readout {
  exact,      // the sum as it is, in the digital unit's steps
  converter,  // an analog-to-digital converter over a calibrated range
  comparator  // its sign alone
};

struct ReadSettings {
  int input_bits = 8;  // of a digital-to-analog converter at each row
  Readout readout = Readout::exact;
  int converter_bits = 8;
  double read_noise = 0;  // standard deviation of a device's conductance over its value, each read
  // Johnson noise of the devices: their thermal current noise over a read of that length.
  bool johnson = false;
  Voltage voltage;  // of the largest input
  Time read_time;
  Temperature temperature = 300.0 * si::kelvin;
  std::uint64_t seed = 1;
};

// What a layer's inputs and its columns' sums were seen to be; in the units of the network.
struct LayerRange {
  double input_low = 0;
  double input_high = 0;
  double sum_low = 0;
  double sum_high = 0;

  [[nodiscard]] bool has_signed_input() const { return input_low < 0; }
};

}  // namespace dwmtj
