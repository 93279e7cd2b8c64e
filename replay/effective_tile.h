// SPDX-License-Identifier: Apache-2.0
// The parameter files of a replay, as its results keep them: they name each other.
#pragma once

#include <map>
#include <string>

#include "architecture/chip_parameters.h"
#include "common/run_folder.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// Texts of tile.yaml and device.yaml, by name: `--tile FOLDER/tile.yaml` takes both.
std::map<std::string, std::string> effective_tile(const TileParameters& tile,
                                                  const DeviceParameters& device);

// Text of architecture.yaml, beside tile.yaml: `--arch FOLDER/architecture.yaml` takes all three.
std::string effective_architecture(const ChipParameters& chip);

void write_effective_tile(const RunFolder& folder, const TileParameters& tile,
                          const DeviceParameters& device);

}  // namespace dwmtj
