// SPDX-License-Identifier: Apache-2.0
// What the design rules say of the tiles that a command runs on: a line each on stderr.
#pragma once

#include "tile/design_rules.h"

namespace dwmtj {

void warn_of_design(const TileParameters& tile, const DeviceModel& device, TileSize size);

}  // namespace dwmtj
