// SPDX-License-Identifier: Apache-2.0
// One command as it went: what was asked, what came back, and what that took.
#pragma once

#include "common/picoseconds.h"
#include "tile/tile_command.h"

namespace dwmtj {

struct CommandRecord {
  TileCommand command;
  TileResult result;
  Picoseconds start;     // when the command was put on the pins
  Picoseconds duration;  // until its result was taken
  Energy energy;         // posted meanwhile
};

}  // namespace dwmtj
