// SPDX-License-Identifier: Apache-2.0
// The switching law of a device as plain numbers, site by site: what a compact model is made of.
#pragma once

#include <string>
#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

// The wall leaves with attempt_rate exp(-barrier max(1 - (i / current + field), 0)^exponent), i the
// current in the direction of the pulse.
struct SiteLaw {
  std::string name;
  double barrier;          // in kT at the temperature of the model
  double forward_current;  // A, critical towards CLK without field
  double forward_field;    // share of the critical drive that the field of writing gives
  double reverse_current;  // towards IN
  double reverse_field;    // that of the reset field
  double conductance;      // S
};

struct DeviceLaw {
  std::string name;
  double attempt_rate = 0.0;  // per second
  double exponent = 0.0;
  double track_resistance = 0.0;  // ohm: with it, one nominal pulse costs the energy of the file
  std::vector<SiteLaw> sites;
};

DeviceLaw device_law(const DeviceModel& model);

}  // namespace dwmtj
