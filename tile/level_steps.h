// SPDX-License-Identifier: Apache-2.0
// The levels of a device as conductances: what a reading tells apart, and what sums are made of.
#pragma once

#include "devices/readout_law.h"

namespace dwmtj {

struct LevelSteps {
  double least = 0.0;      // S
  double most = 0.0;       // S
  double mean = 0.0;       // S
  double deviation = 0.0;  // S, of levels that are equally frequent
  double step = 0.0;       // S, between the closest neighbours

  explicit LevelSteps(const ReadoutLaw& readout);
};

}  // namespace dwmtj
