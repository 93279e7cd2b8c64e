// SPDX-License-Identifier: Apache-2.0
// The circuits of a tile of tile/catalog as an inventory: prices and leakages are the tile's own.
#pragma once

#include <vector>

#include "architecture/core_parameters.h"
#include "devices/device_model.h"

namespace dwmtj {

// From one multiply command to the next, put as soon as the tile is ready.
Time tile_step_time(const TileParameters& tile);

// `array`, `comparator`, `driver` and `controller`, without areas. The array's read is priced for
// cells at the mean conductance of their levels.
std::vector<ComponentParameters> tile_inventory(const TileParameters& tile,
                                                const DeviceModel& device, const CoreShape& shape);

}  // namespace dwmtj
