// SPDX-License-Identifier: Apache-2.0
// Reads a device file that has no track but levels of conductance, and says what its pulses do:
// tables, pulse trains, or the numbers of a table of technologies
// (docs/devices/measured_pulses.md).
#pragma once

#include "devices/device_parameters.h"

namespace dwmtj {

[[nodiscard]] bool is_measured_device(const ParameterNode& root);

// Throws InputError: file:line, key, what was expected. What all device files have is the caller's.
void read_measured_device(const ParameterNode& root, DeviceParameters& device);

}  // namespace dwmtj
