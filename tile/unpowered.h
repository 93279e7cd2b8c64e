// SPDX-License-Identifier: Apache-2.0
// A tile while its power is off.
#pragma once

#include "tile/tile_parameters.h"

namespace dwmtj {

// Nothing leaks, and no field is held.
TileParameters unpowered(TileParameters tile);

}  // namespace dwmtj
