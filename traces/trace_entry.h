// SPDX-License-Identifier: Apache-2.0
// One line of a command trace: a command, which tile it is for, and when.
#pragma once

#include <cstdint>

#include "common/picoseconds.h"
#include "tile/tile_command.h"

namespace dwmtj {

inline constexpr Picoseconds kWhenFree = -1;

struct TraceEntry {
  Picoseconds at = kWhenFree;  // not before this time, and not before the tile is free
  std::uint32_t tile = 0;
  TileCommand command;
};

inline bool operator==(const TraceEntry& a, const TraceEntry& b) {
  return a.at == b.at && a.tile == b.tile && a.command == b.command;
}

}  // namespace dwmtj
