// SPDX-License-Identifier: Apache-2.0
#include "testbenches/known_levels.h"

#include "tile/tile_op.h"

namespace dwmtj {
namespace {

std::int16_t level_after(TileEffect effect, std::int16_t before, std::int16_t entry) {
  if (entry == kSkip) return before;
  if (effect == TileEffect::programs) return entry;
  if (effect == TileEffect::resets) return 0;
  return effect == TileEffect::pulses && entry != 0 ? kSkip : before;
}

}  // namespace

KnownLevels::KnownLevels(ArrayShape shape, const std::optional<TileState>& initial)
    : levels_(2 * static_cast<std::size_t>(shape.rows),
              std::vector<std::int16_t>(static_cast<std::size_t>(shape.columns), 0)) {
  if (!initial) return;
  auto device = initial->devices.begin();
  for (auto& row : levels_) {
    for (auto& level : row) level = (device++)->site;
  }
}

// Commands that the tile will not carry out (no such row, a wrong length) change nothing.
void KnownLevels::after(const TileCommand& command) {
  const auto place = index(command.row, command.side);
  const auto& op = traits_of(command.op);
  if (!op.by_row || place >= levels_.size()) return;
  auto& levels = levels_[place];
  const bool whole_row = op.whole_row && command.data.empty();
  if (!whole_row && command.data.size() != levels.size()) return;
  for (std::size_t c = 0; c < levels.size(); ++c) {
    levels[c] = level_after(op.effect, levels[c], whole_row ? std::int16_t{0} : command.data[c]);
  }
}

}  // namespace dwmtj
