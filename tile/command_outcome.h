// SPDX-License-Identifier: Apache-2.0
// What became of a command that was put to a tile, the same in every view.
#pragma once

#include "common/picoseconds.h"
#include "common/units.h"
#include "tile/tile_command.h"

namespace dwmtj {

struct CommandOutcome {
  TileResult result;
  Picoseconds started = 0;    // when the tile turned to the command; in a replay, when it was put
  Picoseconds completed = 0;  // when its result stood; in a replay, when it was handed over
  Energy energy;              // what the tile posted for it

  [[nodiscard]] Picoseconds duration() const { return completed - started; }
};

}  // namespace dwmtj
