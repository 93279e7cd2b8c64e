// SPDX-License-Identifier: Apache-2.0
// The parameter files of a replay in its output folder, which name each other.
#pragma once

#include "core/run_folder.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// The device of a tile: of the catalog, or a file beside the tile's.
DeviceParameters load_device_of(const TileParameters& tile);

// tile.yaml and device.yaml: `--tile FOLDER/tile.yaml` takes both.
void write_effective_tile(const RunFolder& folder, const TileParameters& tile,
                          const DeviceParameters& device);

}  // namespace dwmtj
