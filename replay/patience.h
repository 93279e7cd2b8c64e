// SPDX-License-Identifier: Apache-2.0
// How long a host may wait for one thing before it is said to hang.
#pragma once

#include "architecture/chip_parameters.h"
#include "common/picoseconds.h"
#include "devices/device_model.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// A second, far longer than any command of usual circuits; with slow ones, a million times the
// longest of all times that make up a command. `chip` may be null.
Picoseconds patience_with(const TileParameters& tile, const DeviceParameters& device,
                          const ChipParameters* chip);

}  // namespace dwmtj
