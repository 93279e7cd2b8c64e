// SPDX-License-Identifier: Apache-2.0
#include "estimation/product_prices.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/name_text.h"
#include "estimation/programming.h"
#include "mapping/division.h"

namespace dwmtj {
namespace {

// The second matrix of one pair on arrays of the core.
struct OnArrays {
  Stage stage;
  Fragment fragment;
};

// As a layer's with weights: those of what the first matrix is computed by, if an input has as
// many.
int input_bits_of(const Layer& layer, const MappedNetwork& mapped) {
  const auto& stages = mapped.plan.stages;
  const auto most = mapped.architecture.core.shape.input_bits;
  const auto stage = std::find_if(stages.begin(), stages.end(),
                                  [&](const Stage& each) { return each.name == layer.name; });
  if (stage == stages.end() || stage->inputs.empty()) return most;
  return std::min(stages[stage->inputs[0].stage].bits, most);
}

OnArrays on_arrays(const Layer& layer, const MappedNetwork& mapped) {
  const auto& product = layer.product;
  const auto& grid = mapped.mapping.grid;
  const auto across = divide_up(product.inner, grid.rows);
  const auto down = divide_up(product.columns, grid.weights_across());
  OnArrays on;
  on.stage.kind = StageKind::product;
  on.stage.input_bits = input_bits_of(layer, mapped);
  on.fragment.arrays = static_cast<int>(across * down);
  on.fragment.inputs = product.inner;
  on.fragment.outputs = product.columns * across;
  on.fragment.driven_rows = product.inner * down;
  on.fragment.read_columns = product.columns * across * grid.slices;
  return on;
}

Energy priced(const ActionTable& actions, const CoreParameters& core) {
  Energy energy{};
  for (std::size_t a = 0; a < kActions; ++a) {
    const auto action = static_cast<Action>(a);
    energy += actions[action] * core.energy_of(action);
  }
  return energy;
}

void add_writing(const MatrixProduct& product, const MappedNetwork& mapped, std::uint64_t seed,
                 ProductPrices& prices) {
  if (mapped.synapse == nullptr) return;
  const auto matrices = product.second_once ? 1 : product.batch;
  const auto cells = matrices * product.inner * product.columns * mapped.cells.columns();
  const auto levels = static_cast<std::int64_t>(mapped.cells.levels());
  std::vector<std::int64_t> evenly(static_cast<std::size_t>(levels), cells / levels);
  for (std::int64_t i = 0; i < cells % levels; ++i) ++evenly[static_cast<std::size_t>(i)];
  const auto rows = std::min<std::int64_t>(product.inner, mapped.mapping.grid.rows);
  const auto cost = write_verify_cost(evenly, mapped.synapse->tile, mapped.synapse->device,
                                      static_cast<int>(rows), seed);
  prices.writing = cost.energy;
  prices.writing_time = cost.time;
}

ProductPrices prices_of(const Layer& layer, const MappedNetwork& mapped, std::uint64_t seed) {
  const auto& core = mapped.architecture.core;
  const auto& product = layer.product;
  const auto rows = static_cast<double>(product.rows);
  const auto all_rows = rows * static_cast<double>(product.batch);
  const auto operations = all_rows * static_cast<double>(2 * product.inner * product.columns);
  const auto on = on_arrays(layer, mapped);
  ProductPrices prices{};
  prices.layer = printable(layer.name);
  prices.digital = operations * core.energy_of(Action::digital_op);
  const double rate = digital_rate(core);
  prices.digital_time = from_si<Time>(rate > 0.0 ? operations / rate : 0.0);
  prices.arrays = (product.second_once ? 1 : product.batch) * on.fragment.arrays;
  prices.reading = all_rows * priced(window_actions(on.stage, on.fragment, core), core);
  const double rows_in_turn = product.second_once ? all_rows : rows;
  prices.reading_time = rows_in_turn * steps_of(on.stage, core.shape) * core.shape.step_time;
  add_writing(product, mapped, seed, prices);
  return prices;
}

}  // namespace

std::vector<ProductPrices> product_prices(const MappedNetwork& mapped, std::uint64_t seed) {
  std::vector<ProductPrices> prices;
  for (const auto& layer : mapped.network.layers) {
    if (layer.kind == LayerKind::product) prices.push_back(prices_of(layer, mapped, seed));
  }
  return prices;
}

std::string product_prices_text(const std::vector<ProductPrices>& prices) {
  if (prices.empty()) return "";
  auto text = fmt::format("{:<36} {:>11} {:>11} {:>7} {:>11} {:>11} {:>11} {:>11}\n",
                          "product of computed matrices", "digital", "takes", "arrays", "read",
                          "takes", "written", "takes");
  for (const auto& row : prices) {
    text += fmt::format("{:<36} {:>11} {:>11} {:>7} {:>11} {:>11} {:>11} {:>11}\n", row.layer,
                        format_quantity(row.digital), format_quantity(row.digital_time), row.arrays,
                        format_quantity(row.reading), format_quantity(row.reading_time),
                        row.writing ? format_quantity(*row.writing) : "no tile",
                        row.writing ? format_quantity(row.writing_time) : "-");
  }
  return text + '\n';
}

}  // namespace dwmtj
