// SPDX-License-Identifier: Apache-2.0
// The analog wire from a driver to the tracks of its column. A pulse is put on it whole: its shape
// is known when it starts, so the kernel sees one event and not one a ramp step.
#pragma once

#include <systemc>

#include "devices/pulse.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

struct CurrentPulse {
  int step;  // of drivers; pulses of one step and gain are alike
  DriverGain gain;
  Current amplitude;
  PulseShape shape;
};

class CurrentLineIf : public virtual sc_core::sc_interface {
 public:
  // The pulse starts now.
  virtual void drive(const CurrentPulse& pulse) = 0;
};

}  // namespace dwmtj
