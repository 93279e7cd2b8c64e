// SPDX-License-Identifier: Apache-2.0
// The circuits of a tile of tile/catalog as an inventory: prices and leakages are the tile's own,
// with lines of the length that the core's shape gives them.
#pragma once

#include <vector>

#include "architecture/core_parameters.h"
#include "devices/device_model.h"

namespace dwmtj {

// From one multiply command to the next, put as soon as the tile is ready.
Time tile_step_time(const TileParameters& tile, const CoreShape& shape);

// `array`, `row_driver`, `comparator`, `driver` and `controller`; of areas, row drivers' alone. The
// array's read is priced for cells at the mean conductance of their levels.
std::vector<ComponentParameters> tile_inventory(const TileParameters& of_any_size,
                                                const DeviceModel& device, const CoreShape& shape);

}  // namespace dwmtj
