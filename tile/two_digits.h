// SPDX-License-Identifier: Apache-2.0
// Limits as a message gives them: to two digits, on the side that fits.
#pragma once

#include <cmath>

#include "common/units.h"

namespace dwmtj {

// A hair of slack for values that have two digits already.
inline double two_digits(double value, bool up) {
  const double digit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
  const double count = value / digit;
  return digit * (up ? std::ceil(count - 1e-6) : std::floor(count + 1e-6));
}
template <typename Quantity>
Quantity at_least(Quantity value) {
  return from_si<Quantity>(two_digits(in_si(value), true));
}
template <typename Quantity>
Quantity at_most(Quantity value) {
  return from_si<Quantity>(two_digits(in_si(value), false));
}

}  // namespace dwmtj
