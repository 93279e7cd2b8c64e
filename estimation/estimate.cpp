// SPDX-License-Identifier: Apache-2.0
#include "estimation/estimate.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/name_text.h"
#include "estimation/traffic.h"
#include "ledger/power_trace.h"

namespace dwmtj {
namespace {

// A tile with its device.
struct Synapse {
  explicit Synapse(TileParameters parameters)
      : tile(std::move(parameters)), device(tile.load_device()) {}
  TileParameters tile;
  DeviceModel device;
};

std::unique_ptr<Synapse> synapse_of(const Architecture& architecture,
                                    const EstimateOptions& options) {
  if (options.tile) {
    return std::make_unique<Synapse>(TileParameters::load(find_tile(*options.tile)));
  }
  return architecture.core.tile ? std::make_unique<Synapse>(*architecture.core.tile) : nullptr;
}

std::vector<std::int64_t> add_level_counts(const Network& network, const WeightCells& cells) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(cells.levels()), 0);
  for (const auto& layer : network.layers) {
    if (!layer.has_weights()) continue;
    const auto of_layer = level_counts(layer.weights, cells);
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += of_layer[i];
  }
  return counts;
}

void estimate_programming(const Network& network, const Architecture& architecture,
                          const EstimateOptions& options, Estimate& result) {
  const auto synapse = synapse_of(architecture, options);
  if (synapse == nullptr && !options.technology) {
    result.notes.emplace_back("programming is not priced: the core names no tile; give --tile");
    return;
  }
  const auto counts = add_level_counts(network, result.cells);
  const int rows = architecture.core.shape.rows;
  if (synapse != nullptr) {
    result.programming.push_back(
        write_verify_cost(counts, synapse->tile, synapse->device, rows, options.seed));
  }
  if (options.technology) {
    const auto technologies = load_technologies(technologies_file());
    result.programming.push_back(
        open_loop_cost(counts, find_technology(technologies, *options.technology), rows));
  }
}

std::string kind_of(const Stage& stage) {
  return stage.kind == StageKind::product  ? "product"
         : stage.kind == StageKind::source ? "source"
                                           : "digital";
}

void describe_layers(const Network& network, const Plan& plan, const CoreWork& work,
                     const std::vector<CommandId>& commands, Estimate& result) {
  const auto images = static_cast<double>(std::max<std::int64_t>(result.pipeline.simulated, 1));
  std::size_t mapped = 0;
  for (std::size_t s = 0; s < plan.stages.size(); ++s) {
    const auto& stage = plan.stages[s];
    LayerEstimate layer;
    layer.name = printable(stage.name);
    layer.kind = kind_of(stage);
    layer.windows = stage.positions;
    layer.energy = result.ledger.posted(commands[s]) / images;
    if (stage.kind == StageKind::product) {
      const auto& mapping = result.mapping.layers[mapped++];
      layer.macs = network.layers[mapping.layer].macs();
      layer.copies = mapping.copies;
      layer.arrays = mapping.arrays();
      layer.utilisation = mapping.utilisation;
      layer.busy = static_cast<double>(mapping.steps) * in_si(to_time(duration_of(work, s))) /
                   in_si(result.interval);
    }
    result.layers.push_back(layer);
  }
}

void sum_up(const Architecture& architecture, const EstimateOptions& options, Estimate& result) {
  const auto& run = result.pipeline;
  if (run.completed.empty()) return;  // interrupted before the first result
  result.latency = to_time(run.completed.front());
  result.interval = run.interval > 0 ? to_time(run.interval)
                                     : to_time(run.end) / static_cast<double>(run.simulated);
  const auto batch = static_cast<double>(run.interrupted ? run.simulated : options.batch);
  result.ledger.set_on_time(run.completed.back());
  result.energy = result.ledger.posted() / static_cast<double>(run.simulated) +
                  result.ledger.leakage() * (to_time(run.end) / batch);
  result.area = architecture.chip_figures().area;
}

Plan plan_for(const Network& network, const Mapping& mapping, const Architecture& architecture,
              const EstimateOptions& options) {
  const auto& shape = architecture.core.shape;
  return plan_pipeline(network, mapping, shape,
                       {options.activation_bits.value_or(shape.input_bits)});
}

PipelineBound bound_of(const Mapping& mapping, const Network& network,
                       const Architecture& architecture, const EstimateOptions& options) {
  const auto plan = plan_for(network, mapping, architecture, options);
  return dwmtj::bound_of(plan, divide_work(plan, architecture.core, architecture.cores),
                         architecture);
}

}  // namespace

WeightCells cells_of(const Architecture& architecture, const EstimateOptions& options) {
  const auto& shape = architecture.core.shape;
  int levels = shape.levels;
  if (options.tile) levels = synapse_of(architecture, options)->device.sites();
  return cells_of_weight(shape, options.bits, levels);
}

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

// Copies beyond what the interconnect can feed make a pipeline slower, not faster: of the
// limits 1, 2, 4, ... the first with the least bound is taken.
Mapping map_for(const Network& network, const Architecture& architecture,
                const EstimateOptions& options) {
  const auto grid = grid_of(architecture, cells_of(architecture, options));
  Mapping best = map_network(network, grid, {1});
  if (!options.replicate || !architecture.interconnect) return best;
  Picoseconds least = bound_of(best, network, architecture, options).interval();
  for (std::int64_t limit = 2;; limit *= 2) {
    auto mapping = map_network(network, grid, {limit});
    std::int64_t most = 0;
    for (const auto& layer : mapping.layers) most = std::max(most, layer.copies);
    const auto interval = bound_of(mapping, network, architecture, options).interval();
    if (interval < least) {
      least = interval;
      best = std::move(mapping);
    }
    if (most < limit) return best;  // the chip has no room for more
  }
}

Estimate estimate(const Network& network, const Architecture& architecture,
                  const EstimateOptions& options) {
  if (!architecture.interconnect) {
    throw InputError(fmt::format("{}: missing key 'interconnect': expected what joins the cores",
                                 architecture.file.string()));
  }
  Estimate result{};
  result.network = printable(network.name);
  result.architecture = architecture.name;
  result.batch = options.batch;
  result.weights = network.weights();
  result.macs = network.macs();
  result.cells = cells_of(architecture, options);
  result.mapping = map_for(network, architecture, options);
  const auto plan = plan_for(network, result.mapping, architecture, options);
  result.notes = plan.notes;
  estimate_programming(network, architecture, options, result);
  Pipeline pipeline("chip", plan, architecture,
                    {options.batch, options.every_image, options.recording});
  std::optional<PowerTrace> power;
  if (options.power_window) {
    power.emplace(pipeline.ledger(),
                  std::max<Picoseconds>(1, to_picoseconds(*options.power_window)));
  }
  result.pipeline = pipeline.run();
  if (power) result.power_csv = power->csv(pipeline.ledger().leakage());
  result.ledger = pipeline.ledger();
  sum_up(architecture, options, result);
  describe_layers(network, plan, pipeline.work(), pipeline.commands(), result);
  return result;
}

}  // namespace dwmtj
