// SPDX-License-Identifier: Apache-2.0
// What the simulation of a network on a chip says: as text, and as tables for other programs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulation/bulk_comparison.h"
#include "simulation/chip_inference.h"
#include "simulation/program_estimate.h"

namespace dwmtj {

// What is known of the same without the chip.
struct Beside {
  std::optional<BulkComparison> bulk;
  ProgramEstimate estimate;
};

struct SimulationInput {
  std::string network;
  const ChipParameters& chip;
  const TiledNetwork& tiled;
  const std::vector<int>& labels;
  std::string timing;
  std::string calibration;  // what ranges of inputs and sums are from
  std::string held;         // for how long and how warm, before the images; empty: it was not
};

// Times and energies of the images, without the writing.
struct SimulationFigures {
  std::int64_t hits = 0;
  Picoseconds first = 0;    // latency of the first image, which none is ahead of
  Picoseconds latency = 0;  // mean
  Picoseconds slowest = 0;  // latency
  double interval = 0;      // s, between the ends of two images; of one alone its latency
  double span = 0;          // s, from the first start to the last end
  double dynamic = 0;       // J, of all images
  double leaked = 0;        // J, of the chip, for as many intervals as images
};
[[nodiscard]] SimulationFigures figures_of(const SimulationInput& input,
                                           const ChipInference& inference);

[[nodiscard]] std::string simulation_text(const SimulationInput& input,
                                          const ChipInference& inference, const Beside& beside);
[[nodiscard]] std::string simulation_json(const SimulationInput& input,
                                          const ChipInference& inference, const Beside& beside);
// image,label,predicted,started_ps,ended_ps,energy_J
[[nodiscard]] std::string images_csv(const SimulationInput& input, const ChipInference& inference);
// layer,kind,tiles,energy_J,estimate_J,first_image_s,estimate_s: energy of an image
[[nodiscard]] std::string layers_csv(const SimulationInput& input, const ChipInference& inference,
                                     const ProgramEstimate& estimate);
// action,energy_J,estimate_J: of an image, leakage included
[[nodiscard]] std::string actions_csv(const SimulationInput& input, const ChipInference& inference,
                                      const ProgramEstimate& estimate);
// tile,layer,commands,busy_s,on_the_way_s,busy_share
[[nodiscard]] std::string tiles_csv(const SimulationInput& input, const ChipInference& inference);
// start_s,end_s,busy,waiting,idle: tiles in use, over time, from the first image on
[[nodiscard]] std::string activity_csv(const ChipInference& inference);
// channel,busy_s,busy_share: while images run and while weights are written
[[nodiscard]] std::string channels_csv(const ChipInference& inference);

}  // namespace dwmtj
