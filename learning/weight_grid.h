// SPDX-License-Identifier: Apache-2.0
// The values a hidden weight may take: `levels` for each sign, evenly spaced up to 1, with or
// without zero. A weight is held as a small whole number `w`; its value is w / largest().
#pragma once

namespace dwmtj {

struct WeightGrid {
  int levels = 4;    // of abs(W)
  bool zero = true;  // {0, 1/3, 2/3, 1}, or {1/7, 3/7, 5/7, 1}

  [[nodiscard]] int largest() const { return zero ? levels - 1 : 2 * levels - 1; }
  // From one value to the next.
  [[nodiscard]] int stride() const { return zero ? 1 : 2; }
  [[nodiscard]] int smallest_size() const { return zero ? 0 : 1; }
  [[nodiscard]] int values() const { return 2 * largest() / stride() + 1; }
};

inline constexpr int kMostLevelsOfASign = 64;  // the largest value, of 127, is a byte

}  // namespace dwmtj
