// SPDX-License-Identifier: Apache-2.0
#include "deployment/mapped_network.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {
namespace {

ArrayGrid grid_of(const Architecture& architecture, const WeightCells& cells) {
  const auto& shape = architecture.core.shape;
  if (cells.columns() > shape.columns) {
    throw InputError(
        fmt::format("--bits: a weight of {} bits takes {} columns of {} levels; an "
                    "array has {}",
                    cells.bits, cells.columns(), cells.levels(), shape.columns));
  }
  return {architecture.cores, shape.arrays, shape.rows, shape.columns, cells.columns()};
}

// The mapping with at most so many copies of a layer, and all that follows from it.
void map_with(std::int64_t most_copies, const PlanOptions& options, MappedNetwork& mapped) {
  const auto& architecture = mapped.architecture;
  mapped.mapping = map_network(mapped.network, grid_of(architecture, mapped.cells), {most_copies});
  mapped.plan = plan_pipeline(mapped.network, mapped.mapping, architecture.core.shape, options);
  mapped.work = divide_work(mapped.plan, architecture.core, architecture.cores);
  if (architecture.interconnect) {
    mapped.bound = bound_of(mapped.plan, mapped.work, architecture);
  }
}

// Copies beyond what the interconnect can feed make a pipeline slower, not faster: of the
// limits 1, 2, 4, ... the first with the least bound is taken.
void choose_copies(const PlanOptions& options, MappedNetwork& mapped) {
  std::int64_t best = 1;
  Picoseconds least = std::numeric_limits<Picoseconds>::max();
  for (std::int64_t limit = 1;; limit *= 2) {
    map_with(limit, options, mapped);
    if (!mapped.bound) return;
    if (mapped.bound->interval() < least) {
      best = limit;
      least = mapped.bound->interval();
    }
    std::int64_t most = 0;
    for (const auto& layer : mapped.mapping.layers) most = std::max(most, layer.copies);
    if (most < limit) break;  // the chip has no room for more
  }
  map_with(best, options, mapped);
}

}  // namespace

const LayerMapping& MappedNetwork::mapping_of(std::size_t index) const {
  return *std::find_if(mapping.layers.begin(), mapping.layers.end(),
                       [&](const LayerMapping& layer) { return layer.layer == index; });
}

MappedNetwork map_onto(Network network, Architecture architecture, const MappingChoices& choices) {
  MappedNetwork mapped;
  mapped.network = std::move(network);
  mapped.architecture = std::move(architecture);
  const auto& core = mapped.architecture.core;
  mapped.synapse = choices.tile ? load_synapse(*choices.tile) : core.synapse;
  const int levels = choices.tile ? mapped.synapse->device.sites() : core.shape.levels;
  mapped.cells = cells_of_weight(core.shape, choices.bits, levels);
  const PlanOptions options{choices.activation_bits.value_or(core.shape.input_bits)};
  if (choices.replicate) {
    choose_copies(options, mapped);
  } else {
    map_with(1, options, mapped);
  }
  return mapped;
}

}  // namespace dwmtj
