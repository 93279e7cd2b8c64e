// SPDX-License-Identifier: Apache-2.0
// Of how many bits a column's result is where the circuits of a tile give it.
#pragma once

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "common/input_error.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// As `option` asks; else 8, or as many as the tile gives. Throws InputError for more than it gives.
inline int result_bits_of(std::optional<int> asked, const TileParameters& tile,
                          const char* option) {
  constexpr int kUsual = 8;
  const int most = tile.sum_reference.bits;
  if (asked.value_or(0) > most) {
    throw InputError(
        fmt::format("{} {}: tile '{}' gives at most {}", option, *asked, tile.name, most));
  }
  return asked.value_or(std::min(kUsual, most));
}

}  // namespace dwmtj
