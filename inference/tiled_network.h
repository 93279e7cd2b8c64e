// SPDX-License-Identifier: Apache-2.0
// A network with values on tiles: its steps, and of each layer with weights the tiles that hold it
// (docs/inference/tiled_network.md). Whoever runs it, in bulk or on a simulated chip, starts here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "devices/device_model.h"
#include "inference/activation_ranges.h"
#include "inference/forward_plan.h"
#include "inference/tile_layer.h"

namespace dwmtj {

// The tiles that there are, all alike.
struct TileSet {
  const TileParameters& tile;
  const DeviceModel& device;
  int count;
  int rows;
  int columns;
  std::uint64_t seed;
};

struct TilingChoices {
  TileReading reading;
  std::optional<int> weight_bits;  // none: all levels of the device
  double clip_percentile = 100;    // of weights
  int spare_columns = 0;           // at least, of each tile
};

struct TiledNetwork {
  ForwardPlan plan;
  std::vector<std::unique_ptr<TileLayer>> layers;  // by step; null without weights
  std::vector<std::int64_t> operations;            // by step: of the digital unit, an image
  std::size_t tiles = 0;                           // in use
  int spare_columns = 0;                           // at least, of each
  bool host_softmax = false;  // the last step is left to the host: it moves no label
};

// Throws InputError: layers that the digital unit lacks (all of them), too few tiles (how many are
// missing, what would fit), results of more bits than a tile gives, more spare columns than
// columns.
void check_fits(const Network& network, const TileSet& tiles, const TilingChoices& choices);
// Keeps references to network and tiles. Throws what check_fits() throws.
TiledNetwork tile_network(const Network& network, const ActivationRanges& ranges,
                          const TileSet& tiles, const TilingChoices& choices);

// The class with the largest of the outputs, as a label.
[[nodiscard]] int label_of(const TiledNetwork& network, const Fixed* output);

}  // namespace dwmtj
