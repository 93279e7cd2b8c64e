// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_op.h"

#include <algorithm>

namespace dwmtj {
namespace {

long pulses_of(const TileOpTraits& traits, const TileCommand& command, const TileResult& result,
               std::size_t column) {
  if (traits.effect == TileEffect::programs) return result.pulses[column];
  if (command.data.empty()) return 1;  // a reset of the whole row
  const std::int16_t entry = command.data[column];
  if (entry == kSkip) return 0;
  return traits.effect == TileEffect::resets || entry != 0 ? 1 : 0;
}

}  // namespace

PulseCount count_pulses(const TileCommand& command, const TileResult& result, int columns) {
  PulseCount count;
  const auto& traits = traits_of(command.op);
  const bool done = result.status == TileStatus::ok || result.status == TileStatus::flagged;
  if (traits.effect == TileEffect::none || !done) return count;
  for (std::size_t column = 0; column < static_cast<std::size_t>(columns); ++column) {
    const long pulses = pulses_of(traits, command, result, column);
    count.cells += pulses > 0 ? 1 : 0;
    count.pulses += pulses;
    count.most = std::max(count.most, pulses);
  }
  return count;
}

}  // namespace dwmtj
