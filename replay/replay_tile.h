// SPDX-License-Identifier: Apache-2.0
// One tile of a replay and the commands that are put to it: what each view is built from.
#pragma once

#include <string>
#include <vector>

#include "arrays/bulk_tile.h"
#include "traces/trace_entry.h"

namespace dwmtj {

struct ReplayTile {
  const TileParameters* parameters = nullptr;  // these two must outlive the replay
  const DeviceModel* device = nullptr;
  BulkTileOptions options;
  TraceEntries entries;  // all of this tile, whatever tile they name
};

// Gives each tile devices and comparators of its own, in the order of the list.
void number_instances(std::vector<ReplayTile>& tiles);

inline std::string tile_name(std::size_t i) { return "tile" + std::to_string(i); }

}  // namespace dwmtj
