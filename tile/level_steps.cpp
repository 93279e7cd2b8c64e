// SPDX-License-Identifier: Apache-2.0
#include "tile/level_steps.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dwmtj {

LevelSteps::LevelSteps(const ReadoutLaw& readout)
    : least(std::numeric_limits<double>::infinity()), step(least) {
  double squares = 0.0;
  double before = 0.0;
  for (int site = 0; site < readout.sites(); ++site) {
    const double level = in_si(readout.level_conductance(site));
    least = std::min(least, level);
    most = std::max(most, level);
    mean += level / readout.sites();
    squares += level * level / readout.sites();
    if (site > 0) step = std::min(step, std::abs(level - before));
    before = level;
  }
  deviation = std::sqrt(std::max(squares - mean * mean, 0.0));
}

}  // namespace dwmtj
