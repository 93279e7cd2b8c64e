// SPDX-License-Identifier: Apache-2.0
#include "devices/track_geometry.h"

#include <algorithm>

namespace dwmtj {

Length TrackGeometry::width(Length position) const {
  return width_in + (width_clk - width_in) * (position / length);
}

double TrackGeometry::switched_fraction(Length position) const {
  const Length end = mtj_start + mtj_length;
  const Length wall = std::clamp(position, mtj_start, end);
  // Area of a trapezoid: mean width times length.
  const auto area = [this](Length from, Length to) {
    return 0.5 * (width(from) + width(to)) * (to - from);
  };
  return area(mtj_start, wall) / area(mtj_start, end);
}

}  // namespace dwmtj
