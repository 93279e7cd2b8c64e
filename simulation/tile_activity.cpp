// SPDX-License-Identifier: Apache-2.0
#include "simulation/tile_activity.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/index.h"
#include "common/units.h"

namespace dwmtj {

void TileActivity::add(State state, Picoseconds from, Picoseconds to) {
  from = std::max<Picoseconds>(from - begin_, 0);
  to -= begin_;
  if (from >= to) return;
  widen(to);
  while (from < to) {
    const auto stretch = index(from / width_);
    const Picoseconds end = std::min(to, (from / width_ + 1) * width_);
    stretches_[stretch][static_cast<std::size_t>(state)] += end - from;
    used_ = std::max(used_, stretch + 1);
    from = end;
  }
}

void TileActivity::widen(Picoseconds to) {
  while ((to - 1) / width_ >= static_cast<Picoseconds>(kStretches)) {
    for (std::size_t i = 0; i < kStretches / 2; ++i) {
      for (std::size_t s = 0; s < 2; ++s) {
        stretches_[i][s] = stretches_[2 * i][s] + stretches_[2 * i + 1][s];
      }
    }
    std::fill(stretches_.begin() + kStretches / 2, stretches_.end(), Stretch{});
    width_ *= 2;
    used_ = (used_ + 1) / 2;
  }
}

std::string TileActivity::csv(std::size_t tiles) const {
  const auto in_seconds = [&](Picoseconds time) { return in_si(to_time(time)); };
  const auto all = static_cast<double>(tiles);
  std::string text = "start_s,end_s,busy,waiting,idle\n";
  for (std::size_t i = 0; i < used_; ++i) {
    const auto share = [&](State state) {
      return static_cast<double>(stretches_[i][static_cast<std::size_t>(state)]) /
             static_cast<double>(width_);
    };
    const auto start = static_cast<Picoseconds>(i) * width_;
    const double busy = share(State::busy);
    const double waiting = share(State::waiting);
    text += fmt::format("{},{},{},{},{}\n", in_seconds(start), in_seconds(start + width_), busy,
                        waiting, all - busy - waiting);
  }
  return text;
}

double TileActivity::seconds(State state) const {
  double sum = 0;
  for (const auto& stretch : stretches_) {
    sum += in_si(to_time(stretch[static_cast<std::size_t>(state)]));
  }
  return sum;
}

}  // namespace dwmtj
