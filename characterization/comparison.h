// SPDX-License-Identifier: Apache-2.0
// The measured numbers beside ours, with a verdict on each: what the table at the end of
// `dwmtj characterize` shows.
#pragma once

#include <string>
#include <vector>

#include "characterization/cycle_statistics.h"

namespace dwmtj {

struct ComparisonRow {
  std::string quantity;
  std::string measured;
  std::string ours;
  bool agrees;      // within the sampling errors of both
  std::string why;  // it does not
};

// Levels and switches of the `phase` that the device's file has measured values for. What was not
// seen does not agree.
std::vector<ComparisonRow> compare(const DeviceParameters& parameters,
                                   const CycleStatistics& statistics, Phase phase);

// Half of the expected range of n normal numbers, in standard deviations.
double half_range_of_normals(double n);

}  // namespace dwmtj
