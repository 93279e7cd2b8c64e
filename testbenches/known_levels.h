// SPDX-License-Identifier: Apache-2.0
// What reads should find after a list of commands, as far as that can be known beforehand.
#pragma once

#include <optional>
#include <vector>

#include "arrays/pair_array.h"
#include "arrays/tile_state.h"
#include "tile/tile_command.h"

namespace dwmtj {

class KnownLevels {
 public:
  // Before any command: where the walls of `initial` stand, or level 0, saturated.
  KnownLevels(ArrayShape shape, const std::optional<TileState>& initial);

  // Programmed cells have their level, cells that were reset have level 0; where an ungraded pulse
  // leaves a wall is not known.
  void after(const TileCommand& command);
  // The levels of a row, kSkip where not known.
  [[nodiscard]] const std::vector<std::int16_t>& of(std::uint32_t row, Side side) const {
    return levels_[index(row, side)];
  }

 private:
  static std::size_t index(std::uint32_t row, Side side) {
    return 2 * static_cast<std::size_t>(row) + static_cast<std::size_t>(side);
  }

  std::vector<std::vector<std::int16_t>> levels_;  // [row][side], a column each
};

}  // namespace dwmtj
