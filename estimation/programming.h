// SPDX-License-Identifier: Apache-2.0
// What it costs to write a network's weights once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "deployment/mapped_network.h"
#include "devices/device_model.h"
#include "devices/technologies.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

struct ProgrammingCost {
  std::string how;  // for the report
  double cells = 0;
  double pulses = 0;
  Energy energy;
  Energy standard_error;  // of the energy, from sampling
  Time time;              // all arrays side by side, row after row
  double sampled = 0;     // cells that were simulated
  double flagged = 0;     // of these, that did not reach their level
};

// Write-verify, simulated by the bulk view of a tile: rows of cells at random levels with the
// network's own frequencies, `rows` to an array. The tile's device must have that many levels.
ProgrammingCost write_verify_cost(const std::vector<std::int64_t>& level_counts,
                                  const TileParameters& tile, const DeviceModel& device, int rows,
                                  std::uint64_t seed);

// Updates of another technology, one after the other from the lowest level, unverified: as many as
// its states lie apart. Cells of a row are written together.
ProgrammingCost open_loop_cost(const std::vector<std::int64_t>& level_counts,
                               const Technology& technology, int rows);

// Of all weights: by write-verify where the network knows its tile, by the technology where one is
// named. Throws InputError: an unknown technology.
std::vector<ProgrammingCost> programming_costs(const MappedNetwork& mapped,
                                               const std::optional<std::string>& technology,
                                               std::uint64_t seed);

// All weights once over the links off the chip; none: these have no price.
std::optional<ProgrammingCost> loading_cost(const MappedNetwork& mapped);

}  // namespace dwmtj
