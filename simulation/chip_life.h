// SPDX-License-Identifier: Apache-2.0
// What happens to the tiles of a chip between their writing and the images.
#pragma once

#include <vector>

#include "arrays/holding.h"
#include "arrays/tile_state.h"

namespace dwmtj {

struct ChipLife {
  // Of tiles that were written before: they go on from these, and nothing is written.
  const std::vector<TileState>* states = nullptr;
  const Holding* holding = nullptr;  // then a wait without power
  bool refresh = false;              // then the weights are written
};

}  // namespace dwmtj
