// SPDX-License-Identifier: Apache-2.0
// Sums, products, and scales where one side is a constant.
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "networks/operators/attributes.h"
#include "networks/operators/layer_chain.h"
#include "networks/operators/operator_table.h"
#include "networks/value_order.h"

namespace dwmtj {
namespace {

void add_scale(NodeImport& node, std::vector<float> factor, std::vector<float> offset) {
  auto layer = node.layer(LayerKind::scale);
  if (layer.input.elements() != layer.output.elements()) {
    throw NodeError("a constant that makes the tensor larger");
  }
  layer.factor = std::move(factor);
  layer.offset = std::move(offset);
  node.add(std::move(layer));
}

// a x + b c, with c one of the two inputs.
void add_offset(NodeImport& node, float a, float b) {
  const std::size_t constant = node.is_constant(0) ? 0 : 1;
  auto offset = node.per_channel(constant, node.value(1 - constant));
  for (auto& value : offset) value *= b;
  std::vector<float> factor(offset.size(), a);
  add_scale(node, std::move(factor), std::move(offset));
}

void add_factor(NodeImport& node, bool inverse) {
  const std::size_t constant = node.is_constant(0) ? 0 : 1;
  auto factor = node.per_channel(constant, node.value(1 - constant));
  for (auto& value : factor) value = inverse ? 1.0F / value : value;
  std::vector<float> offset(factor.size(), 0.0F);
  add_scale(node, std::move(factor), std::move(offset));
}

// Of computed tensors; a constant that differs from position to position is one, too.
void import_elementwise(NodeImport& node, LayerKind kind) {
  auto layer = node.layer(kind);
  layer.sources = broadcast_operands(node);
  for (std::size_t i = 0; i < 2; ++i) {
    if (!node.is_constant(i)) continue;
    layer.inputs.insert(layer.inputs.begin() + static_cast<std::ptrdiff_t>(i),
                        node.add_constant(i));
  }
  node.add(std::move(layer));
}

// One operand is a constant of one value, or of one a channel.
bool has_constant(const NodeImport& node) {
  if (!node.is_constant(0) && !node.is_constant(1)) return false;
  const std::size_t constant = node.is_constant(0) ? 0 : 1;
  return node.is_per_channel(constant, node.value(1 - constant));
}

void import_add(NodeImport& node) {
  has_constant(node) ? add_offset(node, 1, 1) : import_elementwise(node, LayerKind::add);
}

void import_subtract(NodeImport& node) {
  if (!has_constant(node)) return import_elementwise(node, LayerKind::subtract);
  node.is_constant(0) ? add_offset(node, -1, 1) : add_offset(node, 1, -1);
}

void import_multiply(NodeImport& node) {
  has_constant(node) ? add_factor(node, false) : import_elementwise(node, LayerKind::multiply);
}

// By a computed one: times its reciprocal.
void import_divide(NodeImport& node) {
  if (node.is_constant(1)) return add_factor(node, true);
  LayerChain chain(node);
  if (node.is_constant(0)) {
    const auto factor = node.per_channel(0, node.value(1));
    const auto inverse = chain.function(node.value(1).layer, Activation::reciprocal);
    return node.finish(chain.scale(inverse, factor, std::vector<float>(factor.size(), 0.0F)));
  }
  auto inverse = node.step_like(LayerKind::activation, 1);
  inverse.function = Activation::reciprocal;
  inverse.name += "/reciprocal";
  auto layer = node.layer(LayerKind::multiply);
  layer.sources = broadcast_operands(node);
  layer.inputs[1] = node.add_step(std::move(inverse));
  node.add(std::move(layer));
}

// Sums of any number: the computed ones one after another.
void import_sum(NodeImport& node) {
  LayerChain chain(node);
  std::optional<std::size_t> sum;
  std::vector<float> offset = {0.0F};
  for (std::size_t i = 0; i < node.inputs(); ++i) {
    if (node.is_constant(i)) throw NodeError("a constant among the terms of a sum");
    if (node.value(i).dims != node.output_dims()) throw NodeError("terms that are broadcast");
    sum = sum ? chain.combine(LayerKind::add, *sum, node.value(i).layer) : node.value(i).layer;
  }
  node.finish(sum.value());
}

void import_power(NodeImport& node) {
  const auto exponent = node.floats(1);
  if (exponent.size() != 1) throw NodeError("input 1: expected one value");
  LayerChain chain(node);
  const auto x = node.value(0).layer;
  const auto square = [&] { return chain.combine(LayerKind::multiply, x, x); };
  if (exponent[0] == 1.0F) return node.pass();
  if (exponent[0] == 2.0F) return node.finish(square());
  if (exponent[0] == 3.0F) return node.finish(chain.combine(LayerKind::multiply, x, square()));
  if (exponent[0] == 0.5F) return node.finish(chain.function(x, Activation::square_root));
  if (exponent[0] == -1.0F) return node.finish(chain.function(x, Activation::reciprocal));
  throw NodeError(fmt::format("an exponent of {}: expected -1, 0.5, 1, 2 or 3", exponent[0]));
}

// With one value: a limit.
void import_limit(NodeImport& node) {
  const std::size_t constant = node.is_constant(0) ? 0 : 1;
  if (node.inputs() != 2) throw NodeError("expected two inputs");
  const auto limit = node.floats(constant);
  if (limit.size() != 1) throw NodeError("expected a constant of one value");
  auto layer = node.layer(LayerKind::activation);
  layer.function = Activation::clip;
  const bool lowest = node.node().op == "Max";
  layer.parameters = {lowest ? limit[0] : -kLargest, lowest ? kLargest : limit[0]};
  node.add(std::move(layer));
}

// In training mode as in evaluation: by the running statistics.
void import_batch_norm(NodeImport& node) {
  const auto channels = static_cast<std::size_t>(node.layer(LayerKind::scale).input.channels);
  for (std::size_t i = 1; i < 5; ++i) {
    if (node.floats(i).size() != channels) {
      throw NodeError(fmt::format("input {}: expected {} values", i, channels));
    }
  }
  const auto gamma = node.floats(1);
  const auto beta = node.floats(2);
  const auto mean = node.floats(3);
  const auto variance = node.floats(4);
  const double epsilon = node.node().get("epsilon", 1e-5F);
  std::vector<float> factor(channels);
  std::vector<float> offset(channels);
  for (std::size_t i = 0; i < channels; ++i) {
    if (!(variance[i] + epsilon > 0)) throw NodeError("a variance that is not positive");
    const double scale = gamma[i] / std::sqrt(variance[i] + epsilon);
    factor[i] = static_cast<float>(scale);
    offset[i] = static_cast<float>(beta[i] - scale * mean[i]);
  }
  add_scale(node, std::move(factor), std::move(offset));
}

}  // namespace

const OperatorTable& arithmetic_operators() {
  static const OperatorTable kAll = {
      {"Add", import_add},    {"Sub", import_subtract}, {"Mul", import_multiply},
      {"Div", import_divide}, {"Sum", import_sum},      {"Pow", import_power},
      {"Max", import_limit},  {"Min", import_limit},    {"BatchNormalization", import_batch_norm}};
  return kAll;
}

}  // namespace dwmtj
