// SPDX-License-Identifier: Apache-2.0
#include "estimation/programming.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "arrays/bulk_tile.h"
#include "common/random_stream.h"

namespace dwmtj {
namespace {

constexpr int kColumns = 64;       // of the sampled tile
constexpr int kSampledRows = 256;  // of cells

double total(const std::vector<std::int64_t>& counts) {
  return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
}

// The level at a share of the cells, sorted by level.
std::int16_t level_at(const std::vector<std::int64_t>& counts, double share) {
  double left = share * total(counts);
  std::size_t level = 0;
  for (; level + 1 < counts.size() && left >= static_cast<double>(counts[level]); ++level) {
    left -= static_cast<double>(counts[level]);
  }
  return static_cast<std::int16_t>(level);
}

TileCommand random_row(const std::vector<std::int64_t>& counts, int row, std::uint64_t seed) {
  TileCommand command{TileOp::program,
                      static_cast<std::uint32_t>(row / 2),
                      row % 2 == 0 ? Side::plus : Side::minus,
                      {}};
  for (std::uint32_t c = 0; c < kColumns; ++c) {
    const auto word = draw(seed, Stream::stimulus, static_cast<std::uint64_t>(row), c).words[0];
    command.data.push_back(level_at(counts, std::ldexp(word, -32)));
  }
  return command;
}

// Mean and standard error of a row's energy.
struct Sample {
  double sum = 0.0;
  double squares = 0.0;
  void add(double value) {
    sum += value;
    squares += value * value;
  }
  [[nodiscard]] double mean() const { return sum / kSampledRows; }
  [[nodiscard]] double error() const {
    const double variance = std::max(0.0, squares / kSampledRows - mean() * mean());
    return std::sqrt(variance / (kSampledRows - 1));
  }
};

std::vector<std::int64_t> all_level_counts(const MappedNetwork& mapped) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(mapped.cells.levels()), 0);
  for (std::size_t l = 0; l < mapped.network.layers.size(); ++l) {
    const auto& layer = mapped.network.layers[l];
    if (!layer.has_weights()) continue;
    const auto of_layer = level_counts(layer.weights, mapped.cells_of(l));
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += of_layer[i];
  }
  return counts;
}

}  // namespace

ProgrammingCost write_verify_cost(const std::vector<std::int64_t>& counts,
                                  const TileParameters& tile, const DeviceModel& device, int rows,
                                  std::uint64_t seed) {
  Ledger ledger;
  BulkTileOptions options;
  options.shape = {kSampledRows / 2, kColumns};
  options.seed = seed;
  BulkTile sampled("sample", tile, device, ledger, options);
  Sample energy;
  ProgrammingCost cost;
  for (int row = 0; row < kSampledRows; ++row) {
    const auto result = sampled.carry_out(random_row(counts, row, seed), sampled.now());
    energy.add(in_si(sampled.command_energy()));
    cost.flagged += std::accumulate(result.data.begin(), result.data.end(), 0.0);
    cost.pulses += std::accumulate(result.pulses.begin(), result.pulses.end(), 0.0);
  }
  cost.sampled = kSampledRows * kColumns;
  cost.cells = total(counts);
  cost.pulses *= cost.cells / cost.sampled;
  const double rows_of_cells = cost.cells / kColumns;
  cost.energy = from_si<Energy>(rows_of_cells * energy.mean());
  cost.standard_error = from_si<Energy>(rows_of_cells * energy.error());
  cost.time = 2.0 * rows / kSampledRows * to_time(sampled.now());
  cost.how =
      fmt::format("write-verify on tile {} (device {})", tile.name, device.parameters().name);
  return cost;
}

ProgrammingCost open_loop_cost(const std::vector<std::int64_t>& counts,
                               const Technology& technology, int rows) {
  const double top = static_cast<double>(counts.size()) - 1.0;
  const double states = technology.states ? static_cast<double>(technology.states->up) : top + 1.0;
  const double updates_a_level = std::max(1.0, (states - 1.0) / top);
  ProgrammingCost cost;
  cost.cells = total(counts);
  for (std::size_t level = 0; level < counts.size(); ++level) {
    cost.pulses +=
        updates_a_level * static_cast<double>(level) * static_cast<double>(counts[level]);
  }
  cost.energy = cost.pulses * technology.energy_of_update();
  const Time settling = technology.settling_time.value_or(0.0 * si::seconds);
  cost.time = 2.0 * rows * updates_a_level * top * (technology.write_duration + settling);
  cost.how = fmt::format("{} of Table 1, {:.3g} unverified updates a level, write energy alone",
                         technology.name, updates_a_level);
  return cost;
}

std::vector<ProgrammingCost> programming_costs(const MappedNetwork& mapped,
                                               const std::optional<std::string>& technology,
                                               std::uint64_t seed) {
  std::vector<ProgrammingCost> costs;
  const auto* const synapse = mapped.synapse.get();
  if (synapse == nullptr && !technology) return costs;
  if (!mapped.network.has_values) return costs;
  const auto counts = all_level_counts(mapped);
  const int rows = mapped.mapping.grid.rows;
  if (synapse != nullptr) {
    costs.push_back(write_verify_cost(counts, synapse->tile, synapse->device, rows, seed));
  }
  if (technology) {
    const auto technologies = load_technologies(technologies_file());
    costs.push_back(open_loop_cost(counts, find_technology(technologies, *technology), rows));
  }
  return costs;
}

std::optional<ProgrammingCost> loading_cost(const MappedNetwork& mapped) {
  double bits = 0.0;
  for (std::size_t l = 0; l < mapped.network.layers.size(); ++l) {
    const auto weights = static_cast<double>(mapped.network.layers[l].weights.count());
    bits += weights * mapped.cells_of(l).bits;
  }
  for (const auto& component : mapped.architecture.chip) {
    for (const auto& price : component.actions) {
      if (price.action != Action::link_bit || component.count <= 0.0) continue;
      ProgrammingCost cost;
      cost.how = "weights over " + component.name;
      cost.cells = static_cast<double>(mapped.network.weights());
      cost.energy = bits * price.energy;
      cost.time = bits / (component.count * price.peak);
      return cost;
    }
  }
  return std::nullopt;
}

}  // namespace dwmtj
