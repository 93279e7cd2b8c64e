// SPDX-License-Identifier: Apache-2.0
// What is known of a device of measured pulses, as lines for people.
#pragma once

#include <string>
#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

// A line a pulse: amplitude, energy, where it comes from, and what its levels make of it.
std::vector<std::string> describe_pulses(const DeviceModel& model);

}  // namespace dwmtj
