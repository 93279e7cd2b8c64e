// SPDX-License-Identifier: Apache-2.0
// The amplitudes of a staircase at the pads, and how often it is climbed.
#pragma once

#include <cstdint>
#include <vector>

#include "common/units.h"

namespace dwmtj {

struct Sweep {
  Voltage start;  // the first pulse is one step beyond
  Voltage stop;
  Voltage step;
  int cycles;
  std::uint64_t devices;
  std::uint64_t seed;
  int threads;

  [[nodiscard]] std::vector<Voltage> amplitudes() const {
    std::vector<Voltage> result;
    // Half a step of slack, so that rounding cannot lose the last one.
    for (int i = 1; start + static_cast<double>(i) * step <= stop + 0.5 * step; ++i) {
      result.push_back(start + static_cast<double>(i) * step);
    }
    return result;
  }
};

}  // namespace dwmtj
