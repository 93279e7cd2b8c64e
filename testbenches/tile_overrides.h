// SPDX-License-Identifier: Apache-2.0
// The constants of a tile that a scenario may change without a tile file of its own.
#pragma once

#include "common/parameter_file.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// `overrides: {comparator.offset: 5 mV, verify.attempts: 3}`; a value must lie within the range
// that the tile file gives for it.
void read_overrides(const ParameterNode& node, TileParameters& tile);

}  // namespace dwmtj
