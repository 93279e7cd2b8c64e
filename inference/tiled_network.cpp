// SPDX-License-Identifier: Apache-2.0
#include "inference/tiled_network.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"
#include "common/name_text.h"
#include "inference/digital_price.h"

namespace dwmtj {
namespace {

// Whether all values are -1, 0 or +1: what a sign gives, moved about or pooled or not.
bool gives_signs(const Network& network, std::size_t i) {
  const auto& layer = network.layers[i];
  if (layer.kind == LayerKind::activation) {
    return layer.function == Activation::sign ||
           (layer.function == Activation::relu && gives_signs(network, layer.inputs[0]));
  }
  const bool keeps = layer.kind == LayerKind::rearrange || layer.kind == LayerKind::max_pool ||
                     layer.kind == LayerKind::concat;
  return keeps && layer.parameters.empty() &&
         std::all_of(layer.inputs.begin(), layer.inputs.end(),
                     [&](std::size_t input) { return gives_signs(network, input); });
}

std::string name_of(const Step& step) {
  const auto* const name = name_of(step.kind);
  if (step.layer == nullptr) return name;
  const std::string what =
      step.kind == LayerKind::activation ? name_of(step.layer->function) : name;
  return fmt::format("'{}' ({})", printable(step.layer->name), what);
}

bool on_tiles(const Step& step) { return step.layer != nullptr && step.layer->has_weights(); }

// A softmax at the end moves no label: the host may have it.
bool leaves_softmax(const ForwardPlan& plan) {
  return !plan.steps.empty() && plan.steps.back().kind == LayerKind::softmax;
}

// By step; those without a price, all at once, are refused.
std::vector<std::int64_t> priced_operations(const ForwardPlan& plan) {
  std::vector<std::int64_t> operations(plan.steps.size(), 0);
  std::vector<std::string> missing;
  const auto left_out = leaves_softmax(plan) ? plan.steps.size() - 1 : plan.steps.size();
  for (std::size_t i = 0; i < left_out; ++i) {
    if (on_tiles(plan.steps[i])) continue;
    const auto each = digital_operations(plan.steps[i]);
    if (!each) missing.push_back(name_of(plan.steps[i]));
    operations[i] = each.value_or(0);
  }
  if (missing.empty()) return operations;
  throw InputError(fmt::format("the digital unit has no operations for {} layer{}: {}",
                               missing.size(), missing.size() == 1 ? "" : "s",
                               fmt::join(missing, ", ")));
}

struct Need {
  std::string layer;
  std::int64_t tiles;
};

[[noreturn]] void refuse_size(const std::vector<Need>& needs, std::int64_t all,
                              const TileSet& tiles, int spare_columns) {
  std::vector<std::string> fit;
  std::int64_t used = 0;
  for (const auto& need : needs) {
    used += need.tiles;
    if (used > tiles.count) break;
    fit.push_back(fmt::format("{} ({})", need.layer, need.tiles));
  }
  throw InputError(
      fmt::format("the network needs {} tiles of {} x {} pairs, the chip has {}: {} too few; {}",
                  all, tiles.rows, tiles.columns - spare_columns, tiles.count, all - tiles.count,
                  fit.empty() ? fmt::format("not even its first layer fits ({} takes {})",
                                            needs[0].layer, needs[0].tiles)
                              : fmt::format("only {} would fit", fmt::join(fit, ", "))));
}

std::vector<Tiling> tilings_of(const ForwardPlan& plan, const TileSet& tiles, int spare_columns) {
  const ArrayGrid grid{tiles.count, 1, tiles.rows, tiles.columns - spare_columns, 1};
  std::vector<Tiling> tilings(plan.steps.size());
  std::vector<Need> needs;
  std::int64_t all = 0;
  for (std::size_t i = 0; i < tilings.size(); ++i) {
    if (!on_tiles(plan.steps[i])) continue;
    const auto& layer = *plan.steps[i].layer;
    tilings[i] = tile_layer(layer, grid);
    needs.push_back({fmt::format("'{}'", printable(layer.name)), tilings[i].arrays()});
    all += tilings[i].arrays();
  }
  if (needs.empty()) throw InputError("the network has no layer with weights: nothing for tiles");
  if (all > tiles.count) refuse_size(needs, all, tiles, spare_columns);
  return tilings;
}

void check_bits(const TileReading& reading, const TileParameters& tile) {
  const int most = tile.sum_reference.bits;
  if (reading.result_bits <= most) return;
  throw InputError(fmt::format("results of {} bits: tile '{}' gives at most {}",
                               reading.result_bits, tile.name, most));
}

void check_choices(const TilingChoices& choices, const TileSet& tiles) {
  check_bits(choices.reading, tiles.tile);
  if (choices.spare_columns >= 0 && choices.spare_columns < tiles.columns) return;
  throw InputError(fmt::format("{} spare columns: a tile has {} columns, expected at most {}",
                               choices.spare_columns, tiles.columns, tiles.columns - 1));
}

}  // namespace

void check_fits(const Network& network, const TileSet& tiles, const TilingChoices& choices) {
  check_choices(choices, tiles);
  const auto plan = plan_forward(network);
  static_cast<void>(priced_operations(plan));
  static_cast<void>(tilings_of(plan, tiles, choices.spare_columns));
}

TiledNetwork tile_network(const Network& network, const ActivationRanges& ranges,
                          const TileSet& tiles, const TilingChoices& choices) {
  check_choices(choices, tiles);
  TiledNetwork tiled;
  tiled.plan = plan_forward(network);
  tiled.spare_columns = choices.spare_columns;
  tiled.host_softmax = leaves_softmax(tiled.plan);
  tiled.operations = priced_operations(tiled.plan);
  const auto tilings = tilings_of(tiled.plan, tiles, choices.spare_columns);
  auto levels = levels_of_device(tiles.device);
  if (choices.weight_bits) levels = selected(levels, *choices.weight_bits);
  tiled.layers.resize(tilings.size());
  std::size_t weighted = 0;
  for (std::size_t i = 0; i < tilings.size(); ++i) {
    if (tilings[i].rows == 0) continue;
    const auto& layer = *tiled.plan.steps[i].layer;
    TileLayerOptions options;
    options.range = ranges.layers[weighted++].range;
    options.takes_signs = gives_signs(network, layer.inputs[0]);
    options.reading = choices.reading;
    options.first_tile = tiled.tiles;
    options.rows = tiles.rows;
    options.columns = tiles.columns;
    options.spare_columns = choices.spare_columns;
    tiled.layers[i] =
        std::make_unique<TileLayer>(layer, map_weights(layer, levels, choices.clip_percentile),
                                    levels, tilings[i], tiles.tile, options);
    tiled.tiles += tiled.layers[i]->tiles();
  }
  return tiled;
}

int label_of(const TiledNetwork& network, const Fixed* output) {
  return static_cast<int>(std::max_element(output, output + network.plan.output_layout.elements) -
                          output);
}

}  // namespace dwmtj
