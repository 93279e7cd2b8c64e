// SPDX-License-Identifier: Apache-2.0
// The grid that conductances of arrays lie on. Sums of up to 128 S of them are exact in a double,
// so they are the same in any order: in every view, on any number of threads, in any library.
#pragma once

namespace dwmtj {

inline constexpr double kConductanceGrid = 0x1p-46;  // S: 1.4e-9 of 100 kohm

// The nearest of the grid, the even of two: plain arithmetic, so loops become vector code. For up
// to 32 S; what is larger has a coarser grid.
inline double on_grid(double siemens) {
  constexpr double kShift = 1.5 * kConductanceGrid * 0x1p52;
  return (siemens + kShift) - kShift;
}

// The square of one, rounded to 24 bits, so that sums of many are exact as well.
inline double square_on_grid(double siemens) {
  return static_cast<double>(static_cast<float>(siemens * siemens));
}

}  // namespace dwmtj
