// SPDX-License-Identifier: Apache-2.0
#include "tile/unpowered.h"

namespace dwmtj {

TileParameters unpowered(TileParameters tile) {
  tile.overhead.driver_leakage = {};
  tile.overhead.comparator_leakage = {};
  tile.overhead.controller_leakage = {};
  tile.overhead.column_leakage = {};
  tile.field = {};
  return tile;
}

}  // namespace dwmtj
