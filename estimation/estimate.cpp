// SPDX-License-Identifier: Apache-2.0
#include "estimation/estimate.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/name_text.h"
#include "deployment/action_totals.h"
#include "ledger/power_trace.h"

namespace dwmtj {
namespace {

// An ADC may be coarser than what the columns in use can tell.
void add_resolution_note(const MappedNetwork& mapped, Estimate& result) {
  const auto& shape = mapped.architecture.core.shape;
  if (shape.readout != Readout::adc) return;
  std::int64_t rows = 0;
  for (const auto& layer : mapped.mapping.layers) {
    rows = std::max(rows, layer.tiling.block_rows);
  }
  const int needed = shape.adc_bits_for(static_cast<int>(rows), mapped.cells.levels());
  if (needed <= shape.adc_bits) return;
  result.notes.push_back(fmt::format(
      "ADCs of {} bits: {} rows x {} levels x inputs of {} bit need {} to tell all sums "
      "of a column apart",
      shape.adc_bits, rows, mapped.cells.levels(), shape.input_bits_per_step, needed));
}

void add_bits_note(const MappedNetwork& mapped, Estimate& result) {
  std::string text;
  for (const auto& [layer, cells] : mapped.cells_of_layers) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ",
                        printable(mapped.network.layers[layer].name), cells.bits);
  }
  if (!text.empty()) result.notes.push_back("weights of other bits: " + text);
}

Estimate described(const MappedNetwork& mapped, const EstimateOptions& options) {
  Estimate result{};
  result.network = printable(mapped.network.name);
  result.architecture = mapped.architecture.name;
  result.batch = options.batch;
  result.weights = mapped.network.weights();
  result.macs = mapped.network.macs();
  result.cells = mapped.cells;
  result.mapping = mapped.mapping;
  result.notes = mapped.plan.notes;
  result.unpriced = unpriced_text(mapped);
  if (!result.unpriced.empty())
    result.notes.push_back("no price, so free here: " + result.unpriced);
  add_resolution_note(mapped, result);
  add_bits_note(mapped, result);
  result.area = mapped.architecture.chip_figures().area;
  result.core_area = mapped.architecture.core_figures().area;
  return result;
}

void add_programming(const MappedNetwork& mapped, const EstimateOptions& options,
                     Estimate& result) {
  result.programming = programming_costs(mapped, options.technology, options.seed);
  if (result.programming.empty()) {
    result.notes.emplace_back(
        mapped.network.has_values
            ? "programming is not priced: the core names no tile; give --tile"
            : "programming is not priced: the file has the shapes of the weights alone");
  }
  result.loading = loading_cost(mapped);
  result.products = product_prices(mapped, options.seed);
}

void simulate(const MappedNetwork& mapped, const EstimateOptions& options, Estimate& result) {
  Pipeline pipeline(
      "chip", mapped,
      {options.batch, options.every_image, options.gate_idle_cores, options.recording});
  std::optional<PowerTrace> power;
  if (options.power_window) {
    power.emplace(pipeline.ledger(),
                  std::max<Picoseconds>(1, to_picoseconds(*options.power_window)));
  }
  result.pipeline = pipeline.run();
  if (power) result.power_csv = power->csv(pipeline.ledger().leakage());
  result.ledger = pipeline.ledger();
  result.commands = pipeline.commands();
}

void sum_up(const EstimateOptions& options, Estimate& result) {
  const auto& run = result.pipeline;
  if (run.completed.empty()) return;  // interrupted before the first result
  result.latency = to_time(run.completed.front());
  result.interval = run.interval > 0 ? to_time(run.interval)
                                     : to_time(run.end) / static_cast<double>(run.simulated);
  const auto batch = static_cast<double>(run.interrupted ? run.simulated : options.batch);
  result.ledger.set_on_time(run.completed.back());
  result.energy = result.ledger.posted() / static_cast<double>(run.simulated) +
                  result.ledger.leakage() * (to_time(run.end) / batch);
}

}  // namespace

Estimate estimate(const MappedNetwork& mapped, const EstimateOptions& options) {
  const auto& architecture = mapped.architecture;
  if (!architecture.interconnect) {
    throw InputError(fmt::format("{}: missing key 'interconnect': expected what joins the cores",
                                 architecture.file.string()));
  }
  auto result = described(mapped, options);
  add_programming(mapped, options, result);
  simulate(mapped, options, result);
  sum_up(options, result);
  result.layers = layer_costs(mapped, result.ledger, result.commands, result.pipeline.simulated,
                              result.interval);
  return result;
}

}  // namespace dwmtj
