// SPDX-License-Identifier: Apache-2.0
// `point.json`: what a point has come to, in the folder of the point.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sweep/figures.h"

namespace dwmtj {

struct PointRecord {
  std::string error;  // of one line; none: it is done
  std::vector<Figure> figures;
  // What it took, by the clock and of the processor; in no table, as it is never the same again.
  double seconds = 0.0;
  double processor_seconds = 0.0;
};

void write_record(const std::filesystem::path& folder, const PointRecord& record);
// Throws InputError where there is none.
PointRecord read_record(const std::filesystem::path& folder);

}  // namespace dwmtj
