// SPDX-License-Identifier: Apache-2.0
#include "mapping/mapping.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "common/input_error.h"
#include "mapping/array_cursor.h"
#include "mapping/division.h"
#include "mapping/replication.h"

namespace dwmtj {
namespace {

LayerRequest request_for(std::size_t layer, const MappingOptions& options) {
  const auto found = options.requests.find(layer);
  return found == options.requests.end() ? LayerRequest{} : found->second;
}

ArrayGrid with_slices(ArrayGrid grid, int slices) {
  grid.slices = slices;
  return grid;
}

std::vector<LayerMapping> tile_layers(const Network& network, const ArrayGrid& grid,
                                      const MappingOptions& options) {
  check(grid);
  std::vector<LayerMapping> layers;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (!network.layers[i].has_weights()) continue;
    LayerMapping layer;
    layer.layer = i;
    const auto request = request_for(i, options);
    layer.slices = request.slices > 0 ? request.slices : grid.slices;
    layer.copies = std::max<std::int64_t>(request.copies, 1);
    layer.tiling = tile_layer(network.layers[i], with_slices(grid, layer.slices));
    layers.push_back(std::move(layer));
  }
  return layers;
}

std::int64_t arrays_of(const std::vector<LayerMapping>& layers) {
  std::int64_t total = 0;
  for (const auto& layer : layers) total += layer.arrays();
  return total;
}

void check_room(const Network& network, const ArrayGrid& grid, std::int64_t needed) {
  const auto there = grid.all_arrays();
  if (needed <= there) return;
  throw InputError(fmt::format(
      "network {}: needs {} arrays of {} x {} ({} cores of {}), the chip has {} ({} cores): "
      "{} too many ({:.1f} %); {} such chips would hold it",
      network.name, needed, grid.rows, grid.columns, divide_up(needed, grid.arrays), grid.arrays,
      there, grid.cores, needed - there,
      100.0 * static_cast<double>(needed - there) / static_cast<double>(there),
      divide_up(needed, there)));
}

// Of the layers whose copies nobody has asked for.
void set_copies(std::vector<LayerMapping>& layers, const Network& network, const ArrayGrid& grid,
                const MappingOptions& options) {
  std::vector<CopyCost> costs;
  std::vector<LayerMapping*> free;
  std::int64_t room = grid.all_arrays();
  for (auto& layer : layers) {
    if (request_for(layer.layer, options).copies > 0) {
      room -= layer.arrays();
      continue;
    }
    const auto& of = network.layers[layer.layer];
    // The steps of a recurrent layer wait for each other: copies are of no use.
    const auto windows = of.kind == LayerKind::recurrent ? 1 : of.windows();
    costs.push_back({windows, layer.tiling.arrays()});
    free.push_back(&layer);
  }
  const auto copies = copies_of(costs, room, options.fewest_steps);
  for (std::size_t i = 0; i < free.size(); ++i) free[i]->copies = copies[i];
  for (auto& layer : layers) {
    layer.steps = divide_up(network.layers[layer.layer].windows(), layer.copies);
  }
}

// Blocks of a group share inputs where their rows are the same, and outputs where their columns
// are.
void add_blocks(Fragment& fragment, const Tiling& tiling, int slices) {
  std::set<std::pair<std::int64_t, std::int64_t>> rows;
  std::set<std::pair<std::int64_t, std::int64_t>> columns;
  for (int i = 0; i < fragment.arrays; ++i) {
    const auto block = tiling.block(fragment.first_block + i);
    const auto block_rows = block.groups * block.rows;
    const auto block_columns = block.groups * block.columns;
    if (rows.emplace(block.first_group, block.first_row).second) fragment.inputs += block_rows;
    if (columns.emplace(block.first_group, block.first_column).second) {
      fragment.outputs += block_columns;
    }
    fragment.driven_rows += block_rows;
    fragment.read_columns += block_columns * slices;
    fragment.weights += block.weights();
  }
}

void place_copy(LayerMapping& layer, std::int64_t copy, const ArrayGrid& grid,
                ArrayCursor& cursor) {
  std::int64_t first_block = 0;
  for (const auto& place : cursor.take(layer.tiling.arrays())) {
    Fragment fragment;
    fragment.core = place.core;
    fragment.first_array = place.first_array;
    fragment.arrays = place.arrays;
    fragment.copy = copy;
    fragment.first_block = first_block;
    add_blocks(fragment, layer.tiling, layer.slices);
    fragment.utilisation =
        utilisation(with_slices(grid, layer.slices), fragment.weights, fragment.arrays);
    layer.fragments.push_back(fragment);
    first_block += place.arrays;
  }
}

void place_layers(Mapping& mapping) {
  ArrayCursor cursor(mapping.grid, arrays_of(mapping.layers));
  for (auto& layer : mapping.layers) {
    for (std::int64_t copy = 0; copy < layer.copies; ++copy) {
      place_copy(layer, copy, mapping.grid, cursor);
    }
    layer.utilisation = utilisation(with_slices(mapping.grid, layer.slices),
                                    layer.copies * layer.tiling.weights(), layer.arrays());
  }
}

void add_totals(Mapping& mapping) {
  std::set<int> cores;
  std::int64_t columns = 0;
  for (const auto& layer : mapping.layers) {
    for (const auto& fragment : layer.fragments) cores.insert(fragment.core);
    columns += layer.copies * layer.tiling.weights() * layer.slices;
    mapping.steps = std::max(mapping.steps, layer.steps);
  }
  mapping.cores_used = static_cast<int>(cores.size());
  mapping.arrays_used = arrays_of(mapping.layers);
  mapping.utilisation = utilisation(with_slices(mapping.grid, 1), columns, mapping.arrays_used);
}

}  // namespace

std::int64_t arrays_needed(const Network& network, const ArrayGrid& grid) {
  return arrays_of(tile_layers(network, grid, {}));
}

Mapping map_network(const Network& network, const ArrayGrid& grid, const MappingOptions& options) {
  Mapping mapping;
  mapping.grid = grid;
  mapping.layers = tile_layers(network, grid, options);
  check_room(network, grid, arrays_of(mapping.layers));
  if (options.fewest_steps < 1) {
    throw InputError(fmt::format("steps: {}: expected at least 1", options.fewest_steps));
  }
  set_copies(mapping.layers, network, grid, options);
  place_layers(mapping);
  add_totals(mapping);
  return mapping;
}

}  // namespace dwmtj
