// SPDX-License-Identifier: Apache-2.0
// How often a reading of a single device finds another level than its own
// (docs/tile/misreading.md): by the noise of the reading and of its comparator, beside references
// that are off.
#pragma once

#include <vector>

#include "tile/comparator_law.h"
#include "tile/read_noise.h"
#include "tile/reference_ladder.h"

namespace dwmtj {

class Misreading {
 public:
  // Of the tile that has this seed and first comparator. Keeps references to both.
  Misreading(const TileParameters& tile, const DeviceModel& device, int columns, std::uint64_t seed,
             std::uint64_t first_comparator);

  // Of a device whose conductance is known.
  [[nodiscard]] double chance(Conductance device, int level, int column) const;

  // Of one that write-verify has left at the site of its level. What it conducts is drawn by the
  // device's spread, and accepted where verify found it at its level: once at least, and as often
  // as verify.pulses at most, for pulses may leave the wall where it is.
  struct Range {
    double least;
    double most;
  };
  [[nodiscard]] Range after_write_verify(int level, int column) const;

 private:
  const TileParameters& tile_;
  const DeviceModel& device_;
  ReferenceLadder ladder_;
  ReadNoise noise_;
  std::vector<ComparatorLaw> comparators_;
};

}  // namespace dwmtj
