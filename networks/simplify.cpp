// SPDX-License-Identifier: Apache-2.0
#include "networks/simplify.h"

#include <algorithm>

namespace dwmtj {
namespace {

float at(const std::vector<float>& values, std::int64_t i) {
  return values[values.size() == 1 ? 0 : static_cast<std::size_t>(i)];
}

// The weights with each multiplied by factor(row, column).
template <typename Factor>
void multiply(WeightMatrix& weights, Factor factor) {
  auto values = std::make_shared<std::vector<float>>(*weights.values);
  auto* value = values->data();
  for (std::int64_t row = 0; row < weights.outputs; ++row) {
    for (std::int64_t column = 0; column < weights.inputs; ++column, ++value) {
      *value *= factor(row, column);
    }
  }
  weights.values = std::move(values);
}

void scale_outputs(WeightMatrix& weights, const Layer& scale) {
  multiply(weights, [&](auto row, auto) { return at(scale.factor, row); });
  weights.bias.resize(static_cast<std::size_t>(weights.outputs), 0.0F);
  for (std::int64_t row = 0; row < weights.outputs; ++row) {
    auto& bias = weights.bias[static_cast<std::size_t>(row)];
    bias = bias * at(scale.factor, row) + at(scale.offset, row);
  }
}

// The scale's channel that a weight is multiplied with.
class ChannelOf {
 public:
  ChannelOf(const Layer& layer, const Layer& scale)
      : inputs_(layer.weights.inputs),
        rows_(layer.weights.outputs / layer.groups),
        columns_(inputs_ * layer.groups / scale.output.channels) {}

  std::int64_t operator()(std::int64_t row, std::int64_t column) const {
    return (row / rows_ * inputs_ + column) / columns_;
  }

 private:
  std::int64_t inputs_;
  std::int64_t rows_;     // of a group
  std::int64_t columns_;  // of a channel
};

void scale_inputs(Layer& layer, const Layer& scale) {
  auto& weights = layer.weights;
  const ChannelOf channel(layer, scale);
  weights.bias.resize(static_cast<std::size_t>(weights.outputs), 0.0F);
  for (std::int64_t row = 0; row < weights.outputs; ++row) {
    double sum = weights.bias[static_cast<std::size_t>(row)];
    for (std::int64_t column = 0; column < weights.inputs; ++column) {
      sum += static_cast<double>(weights.row(row)[column]) * at(scale.offset, channel(row, column));
    }
    weights.bias[static_cast<std::size_t>(row)] = static_cast<float>(sum);
  }
  multiply(weights, [&](auto row, auto column) { return at(scale.factor, channel(row, column)); });
}

bool is_zero(const Extent& extent) {
  return extent.height == 0 && extent.width == 0 && extent.depth == 0;
}

// Whose results are sums of weighted inputs and nothing else.
bool is_linear(const Layer& layer) {
  return layer.kind == LayerKind::convolution || layer.kind == LayerKind::dense;
}

bool pads(const Layer& layer) {
  return !is_zero(layer.window.pad_before) || !is_zero(layer.window.pad_after);
}

class Simplifier {
 public:
  explicit Simplifier(Network& network);
  void run();

 private:
  using Index = std::size_t;

  [[nodiscard]] static Index source(const Layer& layer) { return layer.inputs.front(); }
  [[nodiscard]] bool is_private(Index layer) const { return uses_[layer] == 1; }
  bool fold_backward(Index scale);
  void fold_forward(Index scale);
  void fold_padding(Index pad);
  void merge_scales(Index scale);
  void bypass(Index layer);

  Network& network_;
  std::vector<Layer>& layers_;
  std::vector<std::size_t> uses_;
  std::vector<Index> user_;  // one of them
};

Simplifier::Simplifier(Network& network)
    : network_(network),
      layers_(network.layers),
      uses_(layers_.size(), 0),
      user_(layers_.size(), 0) {
  for (Index i = 0; i < layers_.size(); ++i) {
    for (const auto input : layers_[i].inputs) {
      ++uses_[input];
      user_[input] = i;
    }
  }
  for (const auto output : network_.outputs) uses_[output] += 2;  // never private
}

// The layer's users take its input instead.
void Simplifier::bypass(Index layer) {
  const auto before = source(layers_[layer]);
  for (auto& other : layers_) std::replace(other.inputs.begin(), other.inputs.end(), layer, before);
  auto& outputs = network_.outputs;
  std::replace(outputs.begin(), outputs.end(), layer, before);
  uses_[before] += uses_[layer] - 1;
  user_[before] = user_[layer];
  uses_[layer] = 0;
}

bool Simplifier::fold_backward(Index scale) {
  const auto& layer = layers_[scale];
  auto& before = layers_[source(layer)];
  const bool fits =
      layer.factor.size() == 1 || before.output == layer.input ||
      (before.output.positions() == 1 && layer.input.channels == before.weights.outputs);
  if (!is_linear(before) || !is_private(source(layer)) || !fits) return false;
  scale_outputs(before.weights, layer);
  bypass(scale);
  return true;
}

void Simplifier::fold_forward(Index scale) {
  const auto& layer = layers_[scale];
  if (!is_private(scale)) return;
  auto& behind = layers_[user_[scale]];
  const bool only_factor = std::all_of(layer.offset.begin(), layer.offset.end(),
                                       [](float value) { return value == 0.0F; });
  const bool flattened =
      behind.kind == LayerKind::dense && behind.input.channels == layer.output.elements();
  if (!is_linear(behind) || !(behind.input == layer.output || flattened)) return;
  if (pads(behind) && !only_factor) return;
  scale_inputs(behind, layer);
  bypass(scale);
}

void Simplifier::merge_scales(Index scale) {
  auto& layer = layers_[scale];
  const auto& before = layers_[source(layer)];
  if (before.kind != LayerKind::scale || !is_private(source(layer))) return;
  if (before.output != layer.input) return;
  const auto size = std::max(before.factor.size(), layer.factor.size());
  std::vector<float> factor(size);
  std::vector<float> offset(size);
  for (std::size_t i = 0; i < size; ++i) {
    const auto channel = static_cast<std::int64_t>(i);
    factor[i] = at(before.factor, channel) * at(layer.factor, channel);
    offset[i] = at(before.offset, channel) * at(layer.factor, channel) + at(layer.offset, channel);
  }
  layer.factor = std::move(factor);
  layer.offset = std::move(offset);
  layer.input = before.input;
  layer.input_stride = before.input_stride;
  bypass(source(layer));
}

void Simplifier::fold_padding(Index pad) {
  const auto& layer = layers_[pad];
  if (!is_private(pad)) return;
  auto& behind = layers_[user_[pad]];
  // An average pool counts zeros of its own differently from those that were there before.
  const bool takes_over = behind.kind == LayerKind::convolution ||
                          (behind.kind == LayerKind::average_pool && !pads(behind));
  if (!takes_over || behind.input != layer.output) return;
  const auto add = [](Extent& to, const Extent& more) {
    to.height += more.height;
    to.width += more.width;
    to.depth += more.depth;
  };
  add(behind.window.pad_before, layer.window.pad_before);
  add(behind.window.pad_after, layer.window.pad_after);
  behind.input = layer.input;
  behind.input_stride = layer.input_stride;
  behind.counts_padding = true;
  bypass(pad);
}

void Simplifier::run() {
  for (Index i = 0; i < layers_.size(); ++i) {
    if (layers_[i].kind == LayerKind::scale && !fold_backward(i)) merge_scales(i);
  }
  for (Index i = 0; i < layers_.size(); ++i) {
    if (layers_[i].kind == LayerKind::scale) fold_forward(i);
  }
  for (Index i = 0; i < layers_.size(); ++i) {
    if (layers_[i].kind == LayerKind::rearrange && pads(layers_[i])) fold_padding(i);
  }
}

// Adds `last` behind all that it reads, operand after operand, and that is not there yet.
void add_with_operands(const Network& network, std::size_t last, std::vector<bool>& seen,
                       std::vector<std::size_t>& order) {
  struct Visit {
    std::size_t layer;
    std::size_t operand;  // the next
  };
  std::vector<Visit> path;
  const auto enter = [&](std::size_t layer) {
    if (!seen[layer]) path.push_back({layer, 0});
    seen[layer] = true;
  };
  for (enter(last); !path.empty();) {
    auto& [layer, operand] = path.back();
    const auto& inputs = network.layers[layer].inputs;
    if (operand < inputs.size()) {
      enter(inputs[operand++]);
    } else {
      order.push_back(layer);
      path.pop_back();
    }
  }
}

// The layers that outputs depend on: inputs as the file has them, then by operands, so that it does
// not count in which order a file lists branches.
std::vector<std::size_t> order_of(const Network& network) {
  std::vector<bool> seen(network.layers.size(), false);
  std::vector<std::size_t> order;
  for (const auto output : network.outputs) add_with_operands(network, output, seen, order);
  const auto inputs = std::stable_partition(order.begin(), order.end(), [&](std::size_t layer) {
    return network.layers[layer].kind == LayerKind::input;
  });
  std::sort(order.begin(), inputs);
  return order;
}

void put_in_order(Network& network) {
  std::vector<std::size_t> place(network.layers.size(), 0);
  std::vector<Layer> layers;
  for (const auto layer : order_of(network)) {
    place[layer] = layers.size();
    layers.push_back(std::move(network.layers[layer]));
  }
  network.layers = std::move(layers);
  for (auto& layer : network.layers) {
    for (auto& input : layer.inputs) input = place[input];
  }
  for (auto& output : network.outputs) output = place[output];
}

}  // namespace

void simplify(Network& network) {
  put_in_order(network);
  Simplifier(network).run();
  put_in_order(network);
}

}  // namespace dwmtj
