// SPDX-License-Identifier: Apache-2.0
// The parameter files of a replay, as its results keep them: they name each other.
#pragma once

#include <map>
#include <string>

#include "core/run_folder.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// The device of a tile: of the catalog, or a file beside the tile's.
DeviceParameters load_device_of(const TileParameters& tile);

// Texts of tile.yaml and device.yaml, by name: `--tile FOLDER/tile.yaml` takes both.
std::map<std::string, std::string> effective_tile(const TileParameters& tile,
                                                  const DeviceParameters& device);

void write_effective_tile(const RunFolder& folder, const TileParameters& tile,
                          const DeviceParameters& device);

}  // namespace dwmtj
