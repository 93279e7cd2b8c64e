// SPDX-License-Identifier: Apache-2.0
// A signed weight of some bits, cut into digits for cells of a few levels.
#pragma once

namespace dwmtj {

// Digits are of the weight's magnitude, for a pair of cells each, or of the weight itself, moved up
// to be never negative.
struct WeightCells {
  int bits = 0;
  int bits_per_cell = 0;
  bool pairs = false;

  [[nodiscard]] int digits() const {
    return (bits - (pairs ? 1 : 0) + bits_per_cell - 1) / bits_per_cell;
  }
  [[nodiscard]] int columns() const { return (pairs ? 2 : 1) * digits(); }
  [[nodiscard]] int levels() const { return 1 << bits_per_cell; }  // that it takes
};

// The most bits that a cell of so many levels holds.
[[nodiscard]] constexpr int bits_of_cell(int levels) {
  int bits = 0;
  while (levels >> (bits + 1) > 0) ++bits;
  return bits;
}

}  // namespace dwmtj
