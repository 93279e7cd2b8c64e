// SPDX-License-Identifier: Apache-2.0
#include "inference/tile_pass.h"

#include <algorithm>
#include <set>

#include "arithmetic/arithmetic.h"
#include "common/index.h"
#include "common/interrupt.h"
#include "common/parallel_for.h"
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

TilePass::TilePass(const TiledNetwork& network, const TileSet& tiles,
                   const std::vector<TileState>* states)
    : network_(network), parameters_(tiles.tile) {
  for (const auto& layer : network.layers) {
    for (std::size_t block = 0; layer && block < layer->tiles(); ++block) {
      const auto i = places_.size();
      auto options = options_of_tile(tiles, i);
      if (states != nullptr) options.initial = &(*states)[i];
      places_.emplace_back("tile" + std::to_string(i), tiles, options, layer->placement(block));
    }
  }
  if (states == nullptr) write();
  for (const auto size : network.plan.buffers) buffers_.emplace_back(index(size));
}

void TilePass::write() {
  for (const auto& layer : network_.layers) {
    if (layer) write(*layer);
  }
}

void TilePass::hold(const Holding& holding) {
  for (auto& place : places_) {
    place.record.moved += static_cast<std::int64_t>(place.tile.hold(holding));
  }
}

void TilePass::write(const TileLayer& layer) {
  parallel_for(layer.tiles(), [&](std::size_t block) {
    if (!interrupted()) places_[layer.first_tile() + block].write(layer, block, parameters_);
  });
}

// What it recorded is of the columns in use; its time and energy, of all that was tried.
void TilePass::Place::write(const TileLayer& layer, std::size_t block,
                            const TileParameters& parameters) {
  const auto size = tile.array().devices().size();
  wanted.assign(size, kSkip);
  ArrayResult written{TileStatus::ok, std::vector<std::int16_t>(size),
                      std::vector<std::uint16_t>(size), std::vector<std::uint16_t>(size)};
  for (auto to = columns.begin_writing(); !to.empty(); to = columns.next_try()) {
    for (const auto& command : layer.programs(block, to)) {
      const auto result = tile.carry_out(command, tile.now());
      columns.note(result.data);
      const auto first = tile.array().index(command.row, command.side, 0);
      for (std::size_t c = 0; c < command.data.size(); ++c) {
        if (command.data[c] == kSkip) continue;
        wanted[first + c] = command.data[c];
        written.flagged[first + c] = result.data[c];
        written.pulses[first + c] = result.pulses[c];
        written.attempts[first + c] = result.attempts[c];
      }
    }
  }
  const auto width = index(tile.array().shape().columns);
  const std::set<int> in_use(columns.places().begin(), columns.places().end());
  for (std::size_t i = 0; i < size; ++i) {
    if (in_use.count(static_cast<int>(i % width)) == 0) wanted[i] = kSkip;
  }
  record = record_of_array(tile, parameters, ledger, wanted, written);
}

WritingRecord TilePass::writing(const LevelSet& levels) const {
  WritingRecord all;
  for (const auto& place : places_) {
    auto record = place.record;
    for (std::size_t i = 0; i < place.wanted.size(); ++i) {
      if (place.wanted[i] == kSkip) continue;
      record.add_to_histogram(levels, in_si(place.tile.array().conductance(i)));
    }
    all.add(record);
  }
  return all;
}

int TilePass::classify(const ImageSource& source, std::int64_t image, const SumsProbe& probe) {
  load_image(network_.plan, source, image, image_, buffers_[network_.plan.input].data());
  for (std::size_t i = 0; i < network_.plan.steps.size(); ++i) {
    const auto& step = network_.plan.steps[i];
    if (!network_.layers[i]) {
      run_digital_step(i);
      continue;
    }
    run_layer(i, buffers_[step.in[0]].data(), buffers_[step.out].data());
    if (probe) probe(image, i, sums_);
  }
  return label_of(network_, buffers_[network_.plan.output].data());
}

// Tiles know nothing of each other, and their sums are whole numbers.
void TilePass::run_layer(std::size_t step, const Fixed* in, Fixed* out) {
  const auto& layer = *network_.layers[step];
  codes_.resize(index(layer.inputs()));
  layer.quantise(in, codes_.data());
  parallel_for(layer.tiles(), [&](std::size_t block) { multiply(layer, block); });
  sums_.assign(index(layer.outputs()), 0);
  for (std::size_t block = 0; block < layer.tiles(); ++block) {
    const auto& sums = places_[layer.first_tile() + block].sums;
    for (std::size_t i = 0; i < sums.size(); ++i) sums_[i] += sums[i];
  }
  layer.finish(sums_.data(), out);
}

void TilePass::multiply(const TileLayer& layer, std::size_t block) {
  auto& place = places_[layer.first_tile() + block];
  place.sums.assign(index(layer.outputs()), 0);
  TileCommand command;
  for (std::int64_t window = 0; window < layer.windows() && !interrupted(); ++window) {
    for (int plane = 0; plane < layer.planes(); ++plane) {
      layer.command(block, window, plane, codes_.data(), command);
      const auto result = place.tile.carry_out(command, place.tile.now());
      layer.add(block, window, plane, place.columns.places(), result.data, place.sums.data());
    }
  }
}

void TilePass::run_digital_step(std::size_t i) {
  const auto& step = network_.plan.steps[i];
  std::vector<const Fixed*> in;
  for (const auto buffer : step.in) in.push_back(buffers_[buffer].data());
  run_digital(step, in, buffers_[step.out].data());
}

}  // namespace dwmtj
