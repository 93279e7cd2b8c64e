// SPDX-License-Identifier: Apache-2.0
#include "recording/track_lanes.h"

#include <algorithm>

namespace dwmtj {

std::size_t TrackLanes::take(Picoseconds start) {
  const auto is_free = [start](const Lane& lane) { return !lane.taken && lane.free_from <= start; };
  const auto free = std::find_if(lanes_.begin(), lanes_.end(), is_free);
  const auto index = static_cast<std::size_t>(free - lanes_.begin());
  if (free == lanes_.end()) lanes_.push_back({});
  lanes_[index].taken = true;
  return index;
}

void TrackLanes::give_back(std::size_t lane, Picoseconds end) {
  lanes_[lane] = {std::max(lanes_[lane].free_from, end), false};
}

}  // namespace dwmtj
