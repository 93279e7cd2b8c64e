// SPDX-License-Identifier: Apache-2.0
// What it took to write the devices of a network, and what they came to conduct.
#pragma once

#include <cstdint>
#include <vector>

#include "arrays/write_study.h"
#include "inference/level_set.h"

namespace dwmtj {

// What writing took, and how far what was written is off.
struct WritingRecord {
  WriteStatistics writes;  // without pulses: devices and errors alone
  std::int64_t stuck = 0;  // devices, and of the others
  std::int64_t moved = 0;  // those whose walls went while they waited or were read
  double joules = 0;
  double read_joules = 0;               // in the devices, when each is read once by its tile
  double seconds = 0;                   // all arrays side by side: of the slowest
  std::vector<std::int64_t> histogram;  // of conductances, kHistogramBins

  void add(const WritingRecord& other);
  // A device written in no pulses.
  void add_device(const LevelSet& levels, double written, double wanted);
  void add_to_histogram(const LevelSet& levels, double written);
};

// Evenly from this share of the range below the least level to as much above the largest.
inline constexpr int kHistogramBins = 400;
inline constexpr double kHistogramMargin = 0.25;
[[nodiscard]] double histogram_bin(const LevelSet& levels, int bin);  // its centre, S

// Of an array that was programmed to `wanted`, and of nothing else its ledger knows. Without its
// histogram: what becomes of devices afterwards is for others to say.
[[nodiscard]] WritingRecord record_of_array(const BulkTile& tile, const TileParameters& parameters,
                                            Ledger& ledger, const std::vector<std::int16_t>& wanted,
                                            const ArrayResult& written);

}  // namespace dwmtj
