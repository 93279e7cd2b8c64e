// SPDX-License-Identifier: Apache-2.0
// Cells that step through a sequence.
#include <algorithm>

#include <fmt/format.h>

#include "networks/operators/operator_table.h"
#include "networks/operators/weights.h"

namespace dwmtj {
namespace {

// What an operator is made of: X, W, R, B, lengths, initial states.
struct Sizes {
  std::int64_t steps, inputs, hidden, directions, gates;
};

Sizes sizes_of(const NodeImport& node, std::int64_t gates) {
  const auto& x = node.value(0).dims;
  const auto& w = float_weights(node, 1).dims;
  const auto& r = float_weights(node, 2).dims;
  if (x.size() != 3 || w.size() != 3 || r.size() != 3) throw NodeError("expected three axes");
  const Sizes sizes{x[0], x[2], r[2], w[0], gates};
  const Dims of_input = {sizes.directions, gates * sizes.hidden, sizes.inputs};
  const Dims of_state = {sizes.directions, gates * sizes.hidden, sizes.hidden};
  if (w != of_input || r != of_state) throw NodeError("weights that do not fit");
  if (x[1] != 1) throw NodeError("expected one sequence at a time");
  if (node.node().get<std::int64_t>("layout", 0) != 0) throw NodeError("layout 1");
  return sizes;
}

bool is_zero(const NodeImport& node, std::size_t input) {
  const auto values = node.floats(input);
  return std::all_of(values.begin(), values.end(), [](float value) { return value == 0.0F; });
}

// Some exporters write down what would be so anyway, for each direction.
bool has_own_activations(const OnnxNode& node) {
  const std::string usual = node.op == "LSTM"  ? "Sigmoid,Tanh,Tanh"
                            : node.op == "GRU" ? "Sigmoid,Tanh"
                                               : "Tanh";
  const auto given = node.get<std::string>("activations", usual);
  return given != usual && given != usual + ',' + usual;
}

void require_plain(const NodeImport& node) {
  if (has_own_activations(node.node())) throw NodeError("activations of its own");
  if (node.node().has("clip")) throw NodeError("clip of its own");
  if (node.node().get<std::int64_t>("input_forget", 0) != 0) {
    throw NodeError("input_forget of its own");
  }
  for (const std::size_t input : {5, 6}) {
    if (node.has(input) && !is_zero(node, input))
      throw NodeError("a state that is not zero at first");
  }
  if (node.has(7)) throw NodeError("peepholes");
}

// The weights of one direction: a row a gate, first of the input, then of the state.
WeightMatrix weights_of(const NodeImport& node, const Sizes& sizes, std::int64_t direction) {
  const auto rows = sizes.gates * sizes.hidden;
  WeightMatrix weights{rows, sizes.inputs + sizes.hidden, nullptr, {}};
  const auto& w = *float_weights(node, 1).floats;
  const auto& r = *float_weights(node, 2).floats;
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(weights.count()));
  const auto append = [&](const std::vector<float>& from, std::int64_t row, std::int64_t size) {
    const auto begin = from.begin() + (direction * rows + row) * size;
    values.insert(values.end(), begin, begin + size);
  };
  for (std::int64_t row = 0; row < rows; ++row) {
    append(w, row, sizes.inputs);
    append(r, row, sizes.hidden);
  }
  weights.values = std::make_shared<const std::vector<float>>(std::move(values));
  return weights;
}

// The biases of input and state stand one behind the other.
void add_biases(const NodeImport& node, const Sizes& sizes, std::int64_t direction, Layer& layer) {
  if (!node.has(3)) return;
  const auto bias = node.floats(3);
  const auto rows = sizes.gates * sizes.hidden;
  if (static_cast<std::int64_t>(bias.size()) != sizes.directions * 2 * rows) {
    throw NodeError("input 3: biases that do not fit");
  }
  const auto begin = bias.begin() + direction * 2 * rows;
  layer.weights.bias.assign(begin, begin + rows);
  layer.recurrence.state_bias.assign(begin + rows, begin + 2 * rows);
}

std::size_t add_direction(NodeImport& node, const Sizes& sizes, RecurrentCell cell,
                          std::int64_t direction, bool reverse) {
  node.set_channel_axis(2, node.output_dims().size() - 1);
  auto layer = node.layer(LayerKind::recurrent);
  layer.name += reverse ? "/reverse" : "";
  layer.input = {sizes.inputs, 1, sizes.steps};
  layer.output = {sizes.hidden, 1, sizes.steps};
  layer.input_stride = layer.output_stride = 1;
  layer.weights = weights_of(node, sizes, direction);
  layer.recurrence.cell = cell;
  layer.recurrence.reverse = reverse;
  layer.recurrence.linear_before_reset =
      node.node().get<std::int64_t>("linear_before_reset", 0) != 0;
  add_biases(node, sizes, direction, layer);
  return node.add_step(std::move(layer));
}

// The state behind the last step, direction by direction.
std::size_t add_last_state(NodeImport& node, const Sizes& sizes,
                           const std::vector<std::size_t>& directions, std::size_t all) {
  auto layer = node.layer(LayerKind::rearrange, 1);
  layer.name += "/last";
  layer.inputs = {all};
  const auto width = static_cast<std::int64_t>(directions.size()) * sizes.hidden;
  layer.input = {sizes.hidden, 1, sizes.steps * static_cast<std::int64_t>(directions.size())};
  layer.output = {sizes.hidden, 1, static_cast<std::int64_t>(directions.size())};
  layer.input_stride = layer.output_stride = 1;
  const bool only_reverse = node.node().get<std::string>("direction", "forward") == "reverse";
  auto sources = std::make_shared<std::vector<std::int32_t>>();
  for (std::size_t d = 0; d < directions.size(); ++d) {
    const bool reverse = only_reverse || d == 1;
    const auto step = reverse ? 0 : sizes.steps - 1;
    for (std::int64_t i = 0; i < sizes.hidden; ++i) {
      const auto place = step * width + static_cast<std::int64_t>(d) * sizes.hidden + i;
      sources->push_back(static_cast<std::int32_t>(place));
    }
  }
  layer.sources = {std::move(sources)};
  return node.add_step(std::move(layer));
}

void import_cell(NodeImport& node, RecurrentCell cell, std::int64_t gates) {
  require_plain(node);
  const auto sizes = sizes_of(node, gates);
  const auto direction = node.node().get<std::string>("direction", "forward");
  std::vector<std::size_t> layers = {add_direction(node, sizes, cell, 0, direction == "reverse")};
  auto all = layers[0];
  if (sizes.directions == 2) {
    layers.push_back(add_direction(node, sizes, cell, 1, true));
    auto both = node.layer(LayerKind::concat);
    both.name += "/both";
    both.inputs = layers;
    both.input = {sizes.hidden, 1, sizes.steps};
    both.output = {sizes.hidden, 1, 2 * sizes.steps};
    both.input_stride = both.output_stride = 1;
    both.axis = {2, sizes.hidden};
    all = node.add_step(std::move(both));
  }
  if (!node.node().outputs[0].empty()) node.finish(all);
  if (node.outputs() > 1 && !node.node().outputs[1].empty()) {
    node.finish(add_last_state(node, sizes, layers, all), 1);
  }
}

void import_lstm(NodeImport& node) { import_cell(node, RecurrentCell::lstm, 4); }
void import_gru(NodeImport& node) { import_cell(node, RecurrentCell::gru, 3); }
void import_simple(NodeImport& node) { import_cell(node, RecurrentCell::simple, 1); }

}  // namespace

const OperatorTable& recurrent_operators() {
  static const OperatorTable kAll = {
      {"LSTM", import_lstm}, {"GRU", import_gru}, {"RNN", import_simple}};
  return kAll;
}

}  // namespace dwmtj
