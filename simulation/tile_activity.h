// SPDX-License-Identifier: Apache-2.0
// What the tiles of a chip do over time: for how much of each stretch of it they multiply, wait for
// packets, or have nothing to do. A few hundred stretches, however long it takes.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "common/picoseconds.h"

namespace dwmtj {

class TileActivity {
 public:
  enum class State : std::uint8_t { busy, waiting };

  // From `begin` on, what was added before is left out.
  void start(Picoseconds begin) { begin_ = begin; }
  // Of one tile.
  void add(State state, Picoseconds from, Picoseconds to);

  // start_s,end_s,busy,waiting,idle: of `tiles`, on average over the stretch
  [[nodiscard]] std::string csv(std::size_t tiles) const;
  // Tile-seconds of all stretches.
  [[nodiscard]] double seconds(State state) const;

 private:
  static constexpr std::size_t kStretches = 512;
  using Stretch = std::array<Picoseconds, 2>;  // by state
  void widen(Picoseconds to);

  Picoseconds begin_ = 0;
  Picoseconds width_ = 1000;  // doubled whenever time runs out of stretches
  std::vector<Stretch> stretches_ = std::vector<Stretch>(kStretches, Stretch{});
  std::size_t used_ = 0;
};

}  // namespace dwmtj
