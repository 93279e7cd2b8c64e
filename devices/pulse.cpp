// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse.h"

#include <stdexcept>

namespace dwmtj {

double PulseShape::level(Time t) const {
  const Time zero = 0.0 * si::seconds;
  const Time left = foot_to_foot() - t;
  if (t <= zero || left <= zero) return 0.0;
  if (t < rise) return t / rise;
  if (left < fall) return left / fall;
  return 1.0;
}

void check(const PulseShape& shape) {
  const Time zero = 0.0 * si::seconds;
  if (!(shape.width > zero) || shape.rise < zero || shape.fall < zero) {
    throw std::invalid_argument("a pulse needs a positive width and edges that are not negative");
  }
  if (shape.flat() < zero) {
    throw std::invalid_argument("half of the rise and fall times must fit into the pulse width");
  }
}

}  // namespace dwmtj
