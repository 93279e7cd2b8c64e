// SPDX-License-Identifier: Apache-2.0
#include "testbenches/known_levels.h"

namespace dwmtj {
namespace {

std::int16_t level_after(TileOp op, std::int16_t before, std::int16_t entry) {
  if (entry == kSkip) return before;
  if (op == TileOp::program) return entry;
  if (op == TileOp::reset) return 0;
  const bool pulsed = (op == TileOp::pulse || op == TileOp::update) && entry != 0;
  return pulsed ? kSkip : before;
}

}  // namespace

KnownLevels::KnownLevels(ArrayShape shape)
    : levels_(2 * static_cast<std::size_t>(shape.rows),
              std::vector<std::int16_t>(static_cast<std::size_t>(shape.columns), 0)) {}

// Commands that the tile will not carry out (no such row, a wrong length) change nothing.
void KnownLevels::after(const TileCommand& command) {
  const auto place = index(command.row, command.side);
  if (command.op == TileOp::multiply || place >= levels_.size()) return;
  auto& levels = levels_[place];
  const bool whole_row = command.op == TileOp::reset && command.data.empty();
  if (!whole_row && command.data.size() != levels.size()) return;
  for (std::size_t c = 0; c < levels.size(); ++c) {
    levels[c] = level_after(command.op, levels[c], whole_row ? std::int16_t{0} : command.data[c]);
  }
}

}  // namespace dwmtj
