// SPDX-License-Identifier: Apache-2.0
// What would not work in a tile of this size, with the number, and what would
// (docs/tile/design_rules.md).
#pragma once

#include <string>
#include <vector>

#include "tile/tile_parameters.h"

namespace dwmtj {

// A value that would fit: of a key of the tile file, or of its size, "rows" or "columns".
struct DesignChange {
  std::string key;
  std::string value;

  [[nodiscard]] bool of_size() const { return key == "rows" || key == "columns"; }
};

struct DesignWarning {
  std::string rule;
  std::string text;
  std::vector<DesignChange> fits;  // all of them together; empty: nothing would
};

struct TileSize {
  int rows;
  int columns;  // of pairs
};

// `device` as the tile's cells show it: of TileParameters::load_device().
std::vector<DesignWarning> check_design(const TileParameters& tile, const DeviceModel& device,
                                        TileSize size);

// "read.voltage=310 mV, rows=14"
std::string changes_text(const std::vector<DesignChange>& changes);

}  // namespace dwmtj
