// SPDX-License-Identifier: Apache-2.0
// A device whose arrivals scatter more, or less, than its file says: for studies of write noise.
#pragma once

#include "devices/device_parameters.h"

namespace dwmtj {

// Scales the spread of every site, in whatever quantity it is given. Throws InputError where a draw
// could then be below zero.
void scale_spreads(DeviceParameters& device, double scale);

}  // namespace dwmtj
