// SPDX-License-Identifier: Apache-2.0
#include "networks/operators/weights.h"

#include <fmt/format.h>

namespace dwmtj {

std::vector<float> bias_of(const NodeImport& node, std::size_t input, std::int64_t outputs) {
  if (!node.has(input)) return {};
  auto bias = node.floats(input);
  const auto size = static_cast<std::size_t>(outputs);
  if (bias.size() == 1) bias.resize(size, bias[0]);
  const auto& dims = node.constant(input).dims;
  if (bias.size() != size || (size > 1 && dims.size() > 1 && dims.back() == 1)) {
    throw NodeError(fmt::format("a bias of {} values: expected {}", bias.size(), size));
  }
  return bias;
}

WeightValues transposed(const WeightValues& values, std::int64_t rows, std::int64_t columns) {
  if (values == nullptr) return nullptr;
  auto result = std::make_shared<std::vector<float>>(values->size());
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t column = 0; column < columns; ++column) {
      (*result)[column * rows + row] = (*values)[row * columns + column];
    }
  }
  return result;
}

const OnnxTensor& float_weights(const NodeImport& node, std::size_t input) {
  const auto& weights = node.constant(input);
  if (!weights.is_float() || weights.size() == 0) {
    throw NodeError(fmt::format("input {}: expected weights that are floats", input));
  }
  return weights;
}

void add_dense(NodeImport& node, std::size_t input, std::size_t axis, std::size_t to,
               WeightMatrix weights) {
  const auto& dims = node.value(input).dims;
  if (dims.size() <= axis || dims[axis] != weights.inputs) {
    throw NodeError(fmt::format("expected {} inputs", weights.inputs));
  }
  node.set_channel_axis(axis, to);
  auto layer = node.layer(LayerKind::dense);
  const auto rows = layer.input.positions();
  layer.input = {weights.inputs, 1, rows};
  layer.output = {weights.outputs, 1, rows};
  layer.weights = std::move(weights);
  node.add(std::move(layer));
}

}  // namespace dwmtj
