// SPDX-License-Identifier: Apache-2.0
#include "mapping/array_cursor.h"

#include <algorithm>

#include "mapping/division.h"

namespace dwmtj {

ArrayCursor::ArrayCursor(const ArrayGrid& grid, std::int64_t wanted)
    : arrays_(grid.arrays), spare_(grid.all_arrays() - wanted) {}

// Whether the next arrays lie on more cores than they need.
bool ArrayCursor::crosses(std::int64_t wanted) const {
  return divide_up(next_ % arrays_ + wanted, arrays_) > divide_up(wanted, arrays_);
}

std::vector<Place> ArrayCursor::take(std::int64_t wanted) {
  const auto rest = arrays_ - next_ % arrays_;
  if (crosses(wanted) && rest <= spare_) {
    next_ += rest;
    spare_ -= rest;
  }
  std::vector<Place> places;
  for (const auto end = next_ + wanted; next_ < end; next_ += places.back().arrays) {
    const auto first = next_ % arrays_;
    const auto arrays = std::min(arrays_ - first, end - next_);
    places.push_back(
        {static_cast<int>(next_ / arrays_), static_cast<int>(first), static_cast<int>(arrays)});
  }
  return places;
}

}  // namespace dwmtj
