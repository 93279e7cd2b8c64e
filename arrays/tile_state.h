// SPDX-License-Identifier: Apache-2.0
// What a tile remembers from one run to the next: where its walls stand, and what draws go on from.
#pragma once

#include <cstdint>
#include <vector>

#include "devices/dw_mtj.h"

namespace dwmtj {

struct TileState {
  std::vector<DeviceState> devices;      // as PairArray keeps them: [row][side][column]
  std::vector<std::uint32_t> decisions;  // of each comparator
};

}  // namespace dwmtj
