// SPDX-License-Identifier: Apache-2.0
// Energy, latency and area of a network on an architecture.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "deployment/mapped_network.h"
#include "estimation/layer_cost.h"
#include "estimation/pipeline.h"
#include "estimation/product_prices.h"
#include "estimation/programming.h"

namespace dwmtj {

struct EstimateOptions {
  std::optional<std::string> technology;  // of Table 1: what programming costs with it as well
  std::int64_t batch = 1;
  bool every_image = false;
  bool gate_idle_cores = false;
  std::optional<Time> power_window;
  std::uint64_t seed = 1;
  Recording* recording = nullptr;
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
  std::vector<LayerCost> layers;
  std::vector<CommandId> commands;  // of the ledger, a stage each
  Ledger ledger;                    // of the images simulated, on until the last of them was done
  Time latency;                     // of the first image
  Time interval;  // between images when they follow each other; the latency for one alone
  Energy energy;  // an image, leakage included
  Area area;
  std::vector<ProgrammingCost> programming;  // by write-verify, by another technology; where known
  std::optional<ProgrammingCost> loading;    // of the weights, over the links off the chip
  std::vector<ProductPrices> products;       // of two computed matrices
  Area core_area;
  std::string unpriced;   // actions that cost nothing; empty: none
  std::string power_csv;  // of the simulated images; empty: not asked for
  std::vector<std::string> notes;

  [[nodiscard]] double images_per_second() const { return 1.0 / in_si(interval); }
  [[nodiscard]] double operations_per_joule() const {
    return 2.0 * static_cast<double>(macs) / in_si(energy);
  }
};

// Simulates; once a process, because SystemC elaborates once. Throws InputError: an architecture
// without an interconnect.
Estimate estimate(const MappedNetwork& mapped, const EstimateOptions& options);

}  // namespace dwmtj
