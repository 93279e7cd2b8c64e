// SPDX-License-Identifier: Apache-2.0
// The measured numbers beside ours: what the table at the end of `dwmtj characterize` shows.
#pragma once

#include <string>
#include <vector>

#include "characterization/cycle_statistics.h"

namespace dwmtj {

struct ComparisonRow {
  std::string quantity;
  std::string measured;
  std::string ours;
  bool inside;  // ours lies within the measured spread
};

// Levels and switches of the `phase` that the device's file has measured values for.
std::vector<ComparisonRow> compare(const DeviceParameters& parameters,
                                   const CycleStatistics& statistics, Phase phase);

}  // namespace dwmtj
