// SPDX-License-Identifier: Apache-2.0
// What happens to the tiles of a chip between their writing and the images.
#pragma once

#include "arrays/holding.h"

namespace dwmtj {

struct ChipLife {
  const Holding* holding = nullptr;  // a wait without power
  bool refresh = false;              // then the weights are written once more
};

}  // namespace dwmtj
