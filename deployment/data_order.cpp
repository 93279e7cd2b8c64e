// SPDX-License-Identifier: Apache-2.0
#include "deployment/data_order.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace dwmtj {
namespace {

using View = ValueView;

View output_of(const Layer& layer, Travel travel = Travel::by_rows) {
  View view{layer.output.channels, layer.output_stride, layer.output.positions()};
  if (travel == Travel::by_columns) {
    view.rows = layer.output.height;
    view.columns = layer.output.width;
  }
  return view;
}
View input_of(const Layer& layer) {
  return {layer.input.channels, layer.input_stride, layer.input.positions()};
}

bool same(const View& a, const View& b) {
  const bool same_axis = a.stride == b.stride || a.channels == 1 || a.positions == 1;
  return a.channels == b.channels && a.positions == b.positions && same_axis;
}

bool across_channels(const Layer& layer) {
  const bool whole = layer.axis.size == layer.output.channels;
  return whole && (layer.axis.stride == layer.output_stride || layer.output.positions() == 1);
}

bool is_windowed(LayerKind kind) { return kind == LayerKind::convolution || is_pool(kind); }

TensorShape turned(TensorShape shape) {
  std::swap(shape.height, shape.width);
  return shape;
}
Window turned(Window window) {
  for (auto* const extent :
       {&window.kernel, &window.stride, &window.dilation, &window.pad_before, &window.pad_after}) {
    std::swap(extent->height, extent->width);
  }
  return window;
}

// A sum's, or a concatenation's: each input is one of positions like the output's.
bool has_positions_of_output(const Layer& layer, const View& input) {
  const auto output = output_of(layer);
  if (input.positions != output.positions) return false;
  return input.channels == 1 || input.positions == 1 || input.stride == output.stride;
}

// Calls visit(value, source) for each value that a rearrangement takes from the layer before it,
// until that says false. Whether it came to the end; false when the sources are not known.
template <typename Visit>
bool each_source(const Layer& before, const Layer& layer, Visit visit) {
  const auto inputs = before.output.elements();
  for (std::size_t of = 0; of < std::max<std::size_t>(layer.sources.size(), 1); ++of) {
    if (!layer.sources.empty() && layer.sources[of] == nullptr) return false;
    for (std::int64_t value = 0; value < layer.output.elements(); ++value) {
      const std::int64_t source =
          layer.sources.empty() ? value : (*layer.sources[of])[static_cast<std::size_t>(value)];
      if (source >= inputs) return false;
      if (source != kPadding && !visit(value, source)) return false;
    }
  }
  return true;
}

// By position of a rearrangement, up to which position of the layer before it; empty: not known.
std::vector<std::int64_t> needed_of(const Layer& before, const Layer& layer, Travel travel) {
  const auto from = output_of(before, travel);
  const auto to = output_of(layer, travel);
  std::vector<std::int64_t> needed(static_cast<std::size_t>(to.positions), 0);
  const bool known = each_source(before, layer, [&](std::int64_t value, std::int64_t source) {
    auto& here = needed[static_cast<std::size_t>(to.position_of(value))];
    here = std::max(here, from.position_of(source) + 1);
    return true;
  });
  return known ? needed : std::vector<std::int64_t>{};
}

}  // namespace

bool is_pool(LayerKind kind) {
  return kind == LayerKind::max_pool || kind == LayerKind::average_pool;
}

namespace {

bool is_line(const TensorShape& shape) { return shape.height == 1 || shape.width == 1; }

// Whether the layer's positions lie in planes like those of the layer before it, or are looked up.
bool sees_planes_of(const Layer& before, const Layer& layer, std::size_t operand) {
  if (layer.kind == LayerKind::rearrange || layer.kind == LayerKind::resample) return true;
  const auto& computed = before.output;
  const auto& seen = operand == 0 ? layer.input : layer.output;
  const bool alike = computed.height == seen.height && computed.width == seen.width;
  return computed.positions() == 1 || seen.positions() == 1 || alike ||
         (is_line(computed) && is_line(seen));
}

bool can_turn(const Network& network) {
  return std::all_of(network.layers.begin(), network.layers.end(), [&](const Layer& layer) {
    if (layer.kind == LayerKind::recurrent && !is_line(layer.output)) return false;
    for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
      if (!sees_planes_of(network.layers[layer.inputs[i]], layer, i)) return false;
    }
    return true;
  });
}

// Values that must be there before the first windows are complete; then, where that does not
// decide, all sizes.
std::vector<std::int64_t> wait_and_sizes(const Network& network, Travel travel) {
  std::vector<std::int64_t> result = {0};
  for (const auto& layer : network.layers) {
    const bool rows = travel == Travel::by_rows;
    const auto shape = rows ? layer.output : turned(layer.output);
    result.insert(result.end(), {shape.height, shape.width});
    if (!is_windowed(layer.kind)) continue;
    const auto input = rows ? layer.input : turned(layer.input);
    const auto window = rows ? layer.window : turned(layer.window);
    result[0] +=
        input.channels * ((window.kernel.height - 1) * window.dilation.height * input.width +
                          (window.kernel.width - 1) * window.dilation.width);
    for (const auto& extent :
         {window.kernel, window.stride, window.dilation, window.pad_before, window.pad_after}) {
      result.insert(result.end(), {extent.height, extent.width});
    }
  }
  return result;
}

}  // namespace

Travel travel_of(const Network& network) {
  const bool columns = can_turn(network) && wait_and_sizes(network, Travel::by_columns) <
                                                wait_and_sizes(network, Travel::by_rows);
  return columns ? Travel::by_columns : Travel::by_rows;
}

bool stays_in_position(const Network& network, const Layer& layer) {
  if (layer.kind == LayerKind::activation || layer.kind == LayerKind::scale) return true;
  const bool seen_alike = same(output_of(network.layers[layer.inputs[0]]), input_of(layer));
  return seen_alike && (layer.kind != LayerKind::softmax || across_channels(layer));
}

bool keeps_positions(const Layer& before, const Layer& layer, Travel travel) {
  if (before.output.elements() != layer.output.elements()) return false;
  const auto from = output_of(before, travel);
  const auto to = output_of(layer, travel);
  return from.positions == to.positions &&
         each_source(before, layer, [&](std::int64_t value, std::int64_t source) {
           return from.position_of(source) == to.position_of(value);
         });
}

namespace {

// Whether a position of the output needs that position of the operand alone.
bool within_position(const Network& network, const Layer& layer, std::size_t operand,
                     const View& computed) {
  const bool seen_alike = same(computed, input_of(layer));
  switch (layer.kind) {
    case LayerKind::product:
      return operand == 0 && seen_alike && computed.positions == layer.output.positions();
    case LayerKind::recurrent:
      return seen_alike && !layer.recurrence.reverse;
    case LayerKind::mean:
      return seen_alike && layer.axis.size == computed.channels &&
             (layer.axis.stride == computed.stride || computed.positions == 1);
    case LayerKind::softmax:
      return stays_in_position(network, layer);
    case LayerKind::dense:
      return seen_alike;
    default:
      if (layer.inputs.size() > 1) return has_positions_of_output(layer, computed);
      return !is_windowed(layer.kind) && same(computed, output_of(layer));
  }
}

}  // namespace

std::int64_t rows_per_channel(const Network& network, const Layer& layer) {
  if (layer.kind != LayerKind::convolution && layer.kind != LayerKind::dense) return 0;
  if (!same(output_of(network.layers[layer.inputs[0]]), input_of(layer))) return 0;
  return layer.groups * layer.weights.inputs / layer.input.channels;
}

std::optional<ValueView> flattened_view(const Network& network, const Layer& layer, Travel travel) {
  if (layer.kind != LayerKind::dense || layer.input.positions() != 1) return std::nullopt;
  const auto computed = output_of(network.layers[layer.inputs[0]], travel);
  if (computed.positions == 1) return std::nullopt;
  return computed;
}

Reach reach_of(const Network& network, const Layer& layer, std::size_t operand, Travel travel) {
  const auto& before = network.layers[layer.inputs[operand]];
  const auto everything = Reach::everything(before.output.positions());
  if (layer.kind == LayerKind::rearrange || layer.kind == LayerKind::resample) {
    auto needed = needed_of(before, layer, travel);
    return needed.empty() ? everything : Reach::listed(std::move(needed));
  }
  const auto computed = output_of(before);
  const bool seen_alike = same(computed, input_of(layer));
  if (is_windowed(layer.kind) && seen_alike) {
    return travel == Travel::by_rows
               ? Reach::window(layer.window, layer.input, layer.output)
               : Reach::window(turned(layer.window), turned(layer.input), turned(layer.output));
  }
  return within_position(network, layer, operand, computed) ? Reach::same_position() : everything;
}

}  // namespace dwmtj
