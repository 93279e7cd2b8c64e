// SPDX-License-Identifier: Apache-2.0
#include "inference/column_placement.h"

#include <algorithm>
#include <numeric>

#include "common/index.h"

namespace dwmtj {

ColumnPlacement::ColumnPlacement(int used, int all)
    : places_(index(used)),
      tried_(index(used), kNoColumn),
      flags_(index(all), 0),
      next_spare_(used) {
  std::iota(places_.begin(), places_.end(), 0);
}

const std::vector<int>& ColumnPlacement::begin_writing() {
  std::fill(flags_.begin(), flags_.end(), 0);
  return places_;
}

void ColumnPlacement::note(const std::vector<std::int16_t>& flags) {
  for (std::size_t i = 0; i < flags_.size(); ++i) flags_[i] += flags[i];
}

// A spare column is kept where it has fewer such devices than the one before.
void ColumnPlacement::settle() {
  for (std::size_t c = 0; c < places_.size(); ++c) {
    const int tried = tried_[c];
    if (tried == kNoColumn) continue;
    if (flags_[index(tried)] < flags_[index(places_[c])]) places_[c] = tried;
    tried_[c] = kNoColumn;
  }
}

std::vector<int> ColumnPlacement::next_try() {
  settle();
  std::vector<std::size_t> worst(places_.size());
  std::iota(worst.begin(), worst.end(), std::size_t{0});
  const auto flags_of = [&](std::size_t c) { return flags_[index(places_[c])]; };
  std::stable_sort(worst.begin(), worst.end(),
                   [&](auto a, auto b) { return flags_of(a) > flags_of(b); });
  bool any = false;
  for (const auto c : worst) {
    if (flags_of(c) == 0 || spares() == 0) break;
    tried_[c] = next_spare_++;
    any = true;
  }
  return any ? tried_ : std::vector<int>{};
}

int ColumnPlacement::flagged() const {
  return std::accumulate(places_.begin(), places_.end(), 0,
                         [&](int sum, int place) { return sum + flags_[index(place)]; });
}

int ColumnPlacement::moved() const {
  int count = 0;
  for (std::size_t c = 0; c < places_.size(); ++c)
    count += places_[c] != static_cast<int>(c) ? 1 : 0;
  return count;
}

}  // namespace dwmtj
