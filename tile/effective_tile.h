// SPDX-License-Identifier: Apache-2.0
// The parameter files of a tile as the results of a run keep them: they name each other.
#pragma once

#include <map>
#include <string>

#include "tile/tile_parameters.h"

namespace dwmtj {

inline const char* const kEffectiveTile = "tile.yaml";
inline const char* const kEffectiveDevice = "device.yaml";

// Texts of device.yaml and of the files of measured pulses that it names, by name.
std::map<std::string, std::string> effective_device(const DeviceParameters& device);

// Texts of tile.yaml and device.yaml, by name: `--tile FOLDER/tile.yaml` takes both.
std::map<std::string, std::string> effective_tile(const TileParameters& tile,
                                                  const DeviceParameters& device);

}  // namespace dwmtj
