// SPDX-License-Identifier: Apache-2.0
// How a wall leaves its place within a bin of constant rate.
#pragma once

#include <cmath>

namespace dwmtj {

struct Leaving {
  double stay;   // chance to stay through the bin
  double early;  // chance to leave, shared out between the start of the bin ...
  double late;   // ... and its end, as linear interpolation between them does

  explicit Leaving(double exposure) : stay(std::exp(-exposure)) {
    const double leaves = -std::expm1(-exposure);
    // Mean of the moment, of those that leave; the series where the difference loses its digits.
    late = exposure > 1e-4 ? leaves / exposure - stay : 0.5 * exposure - exposure * exposure / 3.0;
    if (std::isinf(exposure)) late = 0.0;
    early = leaves - late;
  }
};

}  // namespace dwmtj
