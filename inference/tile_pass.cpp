// SPDX-License-Identifier: Apache-2.0
#include "inference/tile_pass.h"

#include <algorithm>

#include "arithmetic/arithmetic.h"
#include "common/index.h"
#include "inference/digital_layers.h"

namespace dwmtj {

void load_image(const ForwardPlan& plan, const ImageSource& source, std::int64_t image,
                std::vector<float>& room, Fixed* to) {
  const auto places = places_in_memory(plan.input_layout);
  room.resize(places.size());
  source.write(image, room.data());
  for (std::size_t i = 0; i < places.size(); ++i) {
    to[places[i]] = Arithmetic<Fixed>::from(room[i]);
  }
}

BulkTileOptions options_of_tile(const TileSet& tiles, std::size_t i) {
  BulkTileOptions options;
  options.shape = {tiles.rows, tiles.columns};
  options.seed = tiles.seed;
  options.first_device = i * 2 * index(tiles.rows) * index(tiles.columns);
  options.first_comparator = i * index(tiles.columns);
  return options;
}

TilePass::TilePass(const TiledNetwork& network, const TileSet& tiles) : network_(network) {
  for (std::size_t i = 0; i < network.tiles; ++i) {
    tiles_.emplace_back("tile" + std::to_string(i), tiles.tile, tiles.device, ledger_,
                        options_of_tile(tiles, i));
  }
  for (const auto& layer : network.layers) {
    if (!layer) continue;
    for (std::size_t block = 0; block < layer->tiles(); ++block) {
      auto& tile = tiles_[layer->first_tile() + block];
      for (const auto& command : layer->programs(block)) tile.carry_out(command, tile.now());
    }
  }
  for (const auto size : network.plan.buffers) buffers_.emplace_back(index(size));
}

int TilePass::classify(const ImageSource& source, std::int64_t image, const SumsProbe& probe) {
  load_image(network_.plan, source, image, image_, buffers_[network_.plan.input].data());
  for (std::size_t step = 0; step < network_.plan.steps.size(); ++step) {
    network_.layers[step] ? run_layer(image, step, probe) : run_digital_step(step);
  }
  return label_of(network_, buffers_[network_.plan.output].data());
}

void TilePass::run_layer(std::int64_t image, std::size_t step, const SumsProbe& probe) {
  const auto& layer = *network_.layers[step];
  const auto& places = network_.plan.steps[step];
  codes_.resize(index(layer.inputs()));
  layer.quantise(buffers_[places.in[0]].data(), codes_.data());
  sums_.assign(index(layer.outputs()), 0);
  TileCommand command;
  for (std::size_t block = 0; block < layer.tiles(); ++block) {
    auto& tile = tiles_[layer.first_tile() + block];
    for (std::int64_t window = 0; window < layer.windows(); ++window) {
      for (int plane = 0; plane < layer.planes(); ++plane) {
        layer.command(block, window, plane, codes_.data(), command);
        const auto result = tile.carry_out(command, tile.now());
        layer.add(block, window, plane, result.data, sums_.data());
      }
    }
  }
  if (probe) probe(image, step, sums_);
  layer.finish(sums_.data(), buffers_[places.out].data());
}

void TilePass::run_digital_step(std::size_t i) {
  const auto& step = network_.plan.steps[i];
  std::vector<const Fixed*> in;
  for (const auto buffer : step.in) in.push_back(buffers_[buffer].data());
  run_digital(step, in, buffers_[step.out].data());
}

}  // namespace dwmtj
