// SPDX-License-Identifier: Apache-2.0
#include "deployment/mapped_network.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"
#include "common/interrupt.h"
#include "mapping/division.h"

namespace dwmtj {
namespace {

// `asked` is what a person asked them by: an option, and a layer.
void check_columns(const std::string& asked, const WeightCells& cells, const CoreShape& shape) {
  if (cells.columns() <= shape.columns) return;
  throw InputError(
      fmt::format("{}: a weight of {} bits takes {} columns of {} levels; an array has {}", asked,
                  cells.bits, cells.columns(), cells.levels(), shape.columns));
}

ArrayGrid grid_of(const Architecture& architecture, const WeightCells& cells) {
  const auto& shape = architecture.core.shape;
  return {architecture.cores, shape.arrays, shape.rows, shape.columns, cells.columns()};
}

std::size_t layer_named(const Network& network, const std::string& name) {
  const auto found =
      std::find_if(network.layers.begin(), network.layers.end(),
                   [&](const Layer& layer) { return layer.name == name && layer.has_weights(); });
  return static_cast<std::size_t>(found - network.layers.begin());
}

void check_names(const Network& network, const LayerChoices& choices) {
  std::vector<std::string> unknown;
  for (const auto& [name, choice] : choices) {
    if (layer_named(network, name) == network.layers.size()) unknown.push_back(name);
  }
  if (unknown.empty()) return;
  throw InputError(fmt::format("--layers: no layers with weights: {}", fmt::join(unknown, ", ")));
}

// What the mapper is asked, layer by layer.
std::map<std::size_t, LayerRequest> requests_of(const LayerChoices& choices, int levels,
                                                MappedNetwork& mapped) {
  const auto& shape = mapped.architecture.core.shape;
  check_names(mapped.network, choices);
  std::map<std::size_t, LayerRequest> requests;
  for (const auto& [name, choice] : choices) {
    const auto layer = layer_named(mapped.network, name);
    const auto& of = mapped.network.layers[layer];
    const auto windows = of.kind == LayerKind::recurrent ? 1 : of.windows();
    if (choice.copies.value_or(1) > windows) {
      throw InputError(fmt::format("--layers: {}: {} copies share {} windows: expected no more",
                                   name, *choice.copies, windows));
    }
    auto& request = requests[layer];
    request.copies = choice.copies.value_or(0);
    if (!choice.bits) continue;
    const auto cells = cells_of_weight(shape, choice.bits, levels);
    check_columns("--layers: " + name, cells, shape);
    mapped.cells_of_layers.emplace(layer, cells);
    request.slices = cells.columns();
  }
  return requests;
}

struct Search {
  PlanOptions plan;
  std::map<std::size_t, LayerRequest> requests;
};

// The mapping whose copies compute so many windows one after another, and all that follows from it.
void map_with(std::int64_t fewest_steps, const Search& search, MappedNetwork& mapped) {
  const auto& architecture = mapped.architecture;
  mapped.mapping = map_network(mapped.network, grid_of(architecture, mapped.cells),
                               {fewest_steps, search.requests});
  mapped.plan = plan_pipeline(mapped.network, mapped.mapping, architecture.core.shape, search.plan);
  mapped.work = divide_work(mapped.plan, architecture.core, architecture.cores);
  if (architecture.interconnect) {
    mapped.bound = bound_of(mapped.plan, mapped.work, architecture);
  }
}

// The fewest windows one after another that leave some layer a copy less; none: each is there once.
std::optional<std::int64_t> next_steps(const Search& search, const MappedNetwork& mapped) {
  std::optional<std::int64_t> next;
  for (const auto& layer : mapped.mapping.layers) {
    const auto asked = search.requests.find(layer.layer);
    if (asked != search.requests.end() && asked->second.copies > 0) continue;
    if (layer.copies == 1) continue;
    const auto windows = mapped.network.layers[layer.layer].windows();
    const auto steps = divide_up(windows, layer.copies - 1);
    next = std::min(steps, next.value_or(steps));
  }
  return next;
}

// Of one window on arrays, the longest there is.
Picoseconds longest_window(const CoreWork& work) {
  Picoseconds longest = 0;
  for (const auto& jobs : work.jobs) {
    for (const auto& job : jobs) longest = std::max(longest, job.duration);
  }
  return longest;
}

// A little more than the least time between images is as good where it saves arrays: one window,
// but no more than 2 %.
Picoseconds good_enough(Picoseconds least, const CoreWork& work) {
  return later(least, std::min(longest_window(work), least / 50));
}

// Copies beyond what digital parts and interconnect can feed make a pipeline slower, not faster.
// All numbers of copies are tried, from the most that there is room for on down, until the arrays
// alone take too long; of those that are good enough, the fewest copies are taken.
void choose_copies(const Search& search, MappedNetwork& mapped) {
  struct Candidate {
    std::int64_t steps;
    Picoseconds interval;
  };
  std::vector<Candidate> tried;
  Picoseconds least = std::numeric_limits<Picoseconds>::max() / 2;
  for (std::optional<std::int64_t> steps = 1; steps; steps = next_steps(search, mapped)) {
    map_with(*steps, search, mapped);
    if (mapped.bound->arrays > good_enough(least, mapped.work) || interrupted()) break;
    tried.push_back({*steps, mapped.bound->interval()});
    least = std::min(least, tried.back().interval);
  }
  const auto most = good_enough(least, mapped.work);
  const auto chosen = std::find_if(tried.rbegin(), tried.rend(), [&](const Candidate& candidate) {
    return candidate.interval <= most;
  });
  map_with(chosen == tried.rend() ? 1 : chosen->steps, search, mapped);
}

std::shared_ptr<const Synapse> synapse_of(const CoreParameters& core,
                                          const MappingChoices& choices) {
  if (choices.tile) return load_synapse(*choices.tile, choices.over_tile, choices.over_device);
  if (choices.over_tile.empty() && choices.over_device.empty()) return core.synapse;
  throw InputError(
      "--set tile., --set device.: of the tile that --tile names; a core's own is core.tile.");
}

}  // namespace

const WeightCells& MappedNetwork::cells_of(std::size_t layer) const {
  const auto found = cells_of_layers.find(layer);
  return found == cells_of_layers.end() ? cells : found->second;
}

const LayerMapping& MappedNetwork::mapping_of(std::size_t index) const {
  return *std::find_if(mapping.layers.begin(), mapping.layers.end(),
                       [&](const LayerMapping& layer) { return layer.layer == index; });
}

MappedNetwork map_onto(Network network, Architecture architecture, const MappingChoices& choices) {
  MappedNetwork mapped;
  mapped.network = std::move(network);
  mapped.architecture = std::move(architecture);
  const auto& core = mapped.architecture.core;
  mapped.synapse = synapse_of(core, choices);
  const int levels = choices.tile ? mapped.synapse->device.sites() : core.shape.levels;
  mapped.cells = cells_of_weight(core.shape, choices.bits, levels);
  check_columns("--bits", mapped.cells, core.shape);
  const Search search{{choices.activation_bits.value_or(core.shape.input_bits)},
                      requests_of(choices.layers, levels, mapped)};
  if (choices.replicate && mapped.architecture.interconnect) {
    choose_copies(search, mapped);
  } else {
    map_with(kNoCopies, search, mapped);
  }
  return mapped;
}

}  // namespace dwmtj
