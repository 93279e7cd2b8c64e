// SPDX-License-Identifier: Apache-2.0
// Energy, latency and area of a network on an architecture.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "architecture/architecture.h"
#include "estimation/pipeline.h"
#include "estimation/programming.h"
#include "estimation/weight_cells.h"
#include "networks/network.h"

namespace dwmtj {

struct EstimateOptions {
  std::optional<int> bits;             // of weights; none: the core's own
  std::optional<int> activation_bits;  // none: the core's input_bits
  std::optional<std::string> tile;  // a tile of the catalog; none: the core's own, or trapezoidal
  std::optional<std::string> technology;
  std::int64_t batch = 1;
  bool replicate = true;
  bool every_image = false;
  std::optional<Time> power_window;
  std::uint64_t seed = 1;
  Recording* recording = nullptr;
};

struct LayerEstimate {
  std::string name;
  std::string kind;
  std::int64_t windows = 0;  // an image
  std::int64_t macs = 0;
  std::int64_t copies = 0;
  std::int64_t arrays = 0;
  double utilisation = 0;  // of its arrays' cells
  double busy = 0;         // share of the time that its arrays compute
  Energy energy;           // an image, leakage not counted
};

struct Estimate {
  std::string network;
  std::string architecture;
  WeightCells cells;
  std::int64_t batch = 1;
  std::int64_t weights = 0;
  std::int64_t macs = 0;  // an image
  Mapping mapping;
  PipelineOutcome pipeline;
  std::vector<LayerEstimate> layers;
  Ledger ledger;  // of the images simulated, on until the last of them was done
  Time latency;   // of the first image
  Time interval;  // between images when they follow each other; the latency for one alone
  Energy energy;  // an image, leakage included
  Area area;
  std::vector<ProgrammingCost> programming;  // by write-verify, by another technology; where known
  std::string power_csv;                     // of the simulated images; empty: not asked for
  std::vector<std::string> notes;

  [[nodiscard]] double images_per_second() const { return 1.0 / in_si(interval); }
  [[nodiscard]] double operations_per_joule() const {
    return 2.0 * static_cast<double>(macs) / in_si(energy);
  }
};

// How weights sit on the architecture's cells, and what its cores offer to them. Throw InputError.
WeightCells cells_of(const Architecture& architecture, const EstimateOptions& options);
ArrayGrid grid_of(const Architecture& architecture, const WeightCells& cells);
Mapping map_for(const Network& network, const Architecture& architecture,
                const EstimateOptions& options);

// Simulates; once a process, because SystemC elaborates once. Throws InputError: a network that
// does not fit, an architecture without an interconnect, bits that its cells cannot hold.
Estimate estimate(const Network& network, const Architecture& architecture,
                  const EstimateOptions& options);

}  // namespace dwmtj
