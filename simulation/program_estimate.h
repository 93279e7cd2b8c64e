// SPDX-License-Identifier: Apache-2.0
// What the program of a network on a chip takes, worked out from its commands, packets and
// operations without running them: no values, no kernel, nothing that waits but for the busiest
// resource (docs/simulation/program_estimate.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "architecture/chip_parameters.h"
#include "inference/tiled_network.h"

namespace dwmtj {

// J by component and action, as a ledger has them; all tiles as one: "tiles.array read".
using ActionEnergies = std::map<std::string, double>;
[[nodiscard]] double sum_of(const ActionEnergies& energies);

struct StepEstimate {
  double seconds = 0;  // of one image
  ActionEnergies joules;
};

// How the program runs.
struct ProgramRun {
  std::size_t in_flight = 1;           // images
  bool waits = true;                   // packets, for ports, as they do approximately timed
  std::optional<std::size_t> powered;  // tiles; none: all
};

struct ProgramEstimate {
  double latency = 0;               // s, of one image
  double interval = 0;              // s, between images
  double leakage = 0;               // W, of the whole chip
  std::vector<StepEstimate> steps;  // by step; then the label, then what brings images in
  [[nodiscard]] ActionEnergies actions() const;  // of all steps, and "leakage"
  [[nodiscard]] double energy() const { return sum_of(actions()); }
};

// `drive_shares` by step, of the rows that a multiply drives.
ProgramEstimate estimate_program(const ChipParameters& chip, const TileSet& tiles,
                                 const TiledNetwork& network,
                                 const std::vector<double>& drive_shares,
                                 const TileReading& reading, const ProgramRun& run);

}  // namespace dwmtj
