// SPDX-License-Identifier: Apache-2.0
// Three ways to write a layer's weights to pairs of devices: as wanted, with one error each, or
// pulse by pulse with every read verified.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "inference/device_history.h"
#include "inference/mapped_weights.h"
#include "inference/writing_record.h"
#include "mapping/tiling.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// S, in the order of MappedWeights.
struct PairConductances {
  std::vector<float> plus, minus;
};

struct LayerToWrite {
  const Layer& layer;
  const MappedWeights& weights;
  Tiling tiling;                  // of arrays that have the digits of a weight side by side
  std::uint64_t first_pair = 0;   // numbers the pairs of the network
  std::uint64_t first_array = 0;  // and its arrays

  [[nodiscard]] std::int64_t pairs() const { return layer.weights.count() * weights.digits(); }
};

// All draws of a programming begin with this; of the first with the seed itself.
[[nodiscard]] std::uint64_t seed_of_programming(std::uint64_t seed, int programming);

class WeightWriter {
 public:
  virtual ~WeightWriter() = default;
  // The same for the same programming, whatever was written before. Adds to `statistics`.
  virtual PairConductances write(const LayerToWrite& what, int programming,
                                 WritingRecord& statistics) const = 0;
};

std::unique_ptr<WeightWriter> ideal_writer(const LevelSet& levels, const DeviceHistory& history,
                                           std::uint64_t seed);
// Each conductance off by a normal error of its level's deviation times `scale`; none below zero.
std::unique_ptr<WeightWriter> one_shot_writer(const LevelSet& levels, const DeviceHistory& history,
                                              double scale, std::uint64_t seed);
// Write-verify on tiles of the mapping's arrays.
// Tile and device outlive the writer.
std::unique_ptr<WeightWriter> pulse_writer(const LevelSet& levels, const DeviceHistory& history,
                                           const TileParameters& tile, const DeviceModel& device,
                                           std::uint64_t seed);

}  // namespace dwmtj
