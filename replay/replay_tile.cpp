// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_tile.h"

namespace dwmtj {

void number_instances(std::vector<ReplayTile>& tiles) {
  std::uint64_t devices = 0;
  std::uint64_t comparators = 0;
  for (auto& tile : tiles) {
    const auto rows = static_cast<std::uint64_t>(tile.options.shape.rows);
    const auto columns = static_cast<std::uint64_t>(tile.options.shape.columns);
    tile.options.first_device = devices;
    tile.options.first_comparator = comparators;
    devices += 2 * rows * columns;  // two sides
    comparators += columns;
  }
}

}  // namespace dwmtj
