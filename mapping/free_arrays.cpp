// SPDX-License-Identifier: Apache-2.0
#include "mapping/free_arrays.h"

#include <algorithm>

namespace dwmtj {

FreeArrays::FreeArrays(const ArrayGrid& grid)
    : arrays_(grid.arrays), free_(static_cast<std::size_t>(grid.cores), grid.arrays) {}

int FreeArrays::best_core(std::int64_t wanted) const {
  const auto enough = static_cast<int>(std::min<std::int64_t>(wanted, arrays_));
  const int cores = static_cast<int>(free_.size());
  int best = last_;
  for (int i = 0; i < cores; ++i) {
    const int core = (last_ + i) % cores;
    if (free_[core] >= enough) return core;
    if (free_[core] > free_[best]) best = core;
  }
  return best;
}

std::vector<Place> FreeArrays::take(std::int64_t wanted) {
  std::vector<Place> places;
  while (wanted > 0) {
    last_ = best_core(wanted);
    int& free = free_[last_];
    const auto arrays = static_cast<int>(std::min<std::int64_t>(wanted, free));
    places.push_back({last_, arrays_ - free, arrays});
    free -= arrays;
    wanted -= arrays;
  }
  return places;
}

}  // namespace dwmtj
