// SPDX-License-Identifier: Apache-2.0
// What reading costs on tiles of a kind, found by letting one do it: the reads before pulses whose
// codes follow the walls, and the products of the forward pass.
#pragma once

#include "learning/tile_grid.h"

namespace dwmtj {

struct CommandPrice {
  double energy = 0.0;   // J
  Picoseconds time = 0;  // from one command to the next
};

struct TilePrices {
  CommandPrice read;      // the levels of one side of a row
  CommandPrice multiply;  // a binary product of all rows
  std::size_t size = 0;   // rows, and columns of pairs
  bool reads_before_pulses = false;
};

// Of a full tile whose walls are spread evenly over their sites.
TilePrices tile_prices(const TileKind& kind);

}  // namespace dwmtj
