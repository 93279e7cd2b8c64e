// SPDX-License-Identifier: Apache-2.0
// How well write-verify does on many devices: pulses, flags, and where walls and conductances end.
#pragma once

#include <vector>

#include "arrays/bulk_tile.h"

namespace dwmtj {

// Of the devices that were to be at one level.
struct WriteStatistics {
  std::uint64_t devices = 0;
  std::uint64_t pulses = 0;
  std::uint64_t attempts = 0;
  std::uint64_t flagged = 0;
  std::uint64_t wrong_sites = 0;  // the wall rests at the site of another level
  double squared_error = 0.0;     // S^2, of the conductances from their level

  void add(const WriteStatistics& other);
  // Attempts beyond the first.
  [[nodiscard]] std::uint64_t retries() const { return attempts - devices; }
  [[nodiscard]] double each(std::uint64_t count) const {
    return static_cast<double>(count) / static_cast<double>(devices);
  }
  [[nodiscard]] Conductance rms_error() const;
};

// Levels drawn anew for every device, from the stream of stimuli.
std::vector<std::int16_t> random_levels(std::size_t devices, int levels, std::uint64_t seed);

// By level, after `tile` was programmed to `wanted` with this result.
std::vector<WriteStatistics> write_statistics(const BulkTile& tile,
                                              const std::vector<std::int16_t>& wanted,
                                              const ArrayResult& result);

}  // namespace dwmtj
