// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_operators.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "networks/onnx_constants.h"
#include "networks/onnx_weights.h"
#include "networks/value_order.h"

namespace dwmtj {
namespace {

constexpr float kLargest = std::numeric_limits<float>::max();

void pass(NodeImport& node) { node.pass(); }

// Activation functions.

void add_activation(NodeImport& node, Activation function, std::vector<float> parameters = {}) {
  static_cast<void>(node.value(0));
  auto layer = node.layer(LayerKind::activation);
  layer.function = function;
  layer.parameters = std::move(parameters);
  node.add(std::move(layer));
}

template <Activation Function>
void import_function(NodeImport& node) {
  add_activation(node, Function);
}

// With alpha, whose default the operator has.
template <Activation Function, int DefaultPercent>
void import_with_alpha(NodeImport& node) {
  add_activation(node, Function, {node.node().get("alpha", 0.01F * DefaultPercent)});
}

void import_hard_sigmoid(NodeImport& node) {
  add_activation(node, Activation::hard_sigmoid,
                 {node.node().get("alpha", 0.2F), node.node().get("beta", 0.5F)});
}

void import_prelu(NodeImport& node) {
  add_activation(node, Activation::leaky_relu, node.per_channel(1, node.value(0)));
}

// An input since opset 11, before an attribute.
float limit_of(const NodeImport& node, std::size_t input, const char* attribute, float otherwise) {
  if (!node.has(input)) return node.node().get(attribute, otherwise);
  const auto values = node.floats(input);
  if (values.size() != 1) throw NodeError(fmt::format("input {}: expected one value", input));
  return values[0];
}

void import_clip(NodeImport& node) {
  add_activation(node, Activation::clip,
                 {limit_of(node, 1, "min", -kLargest), limit_of(node, 2, "max", kLargest)});
}

// Sums, products, and scales where one side is a constant.

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

void import_elementwise(NodeImport& node, LayerKind kind) {
  auto layer = node.layer(kind);
  layer.sources = broadcast_operands(node);
  node.add(std::move(layer));
}

bool has_constant(const NodeImport& node) { return node.is_constant(0) || node.is_constant(1); }

void import_add(NodeImport& node) {
  has_constant(node) ? add_offset(node, 1, 1) : import_elementwise(node, LayerKind::add);
}

void import_subtract(NodeImport& node) {
  if (node.is_constant(0)) return add_offset(node, -1, 1);
  node.is_constant(1) ? add_offset(node, 1, -1) : import_elementwise(node, LayerKind::subtract);
}

void import_multiply(NodeImport& node) {
  has_constant(node) ? add_factor(node, false) : import_elementwise(node, LayerKind::multiply);
}

void import_divide(NodeImport& node) {
  static_cast<void>(node.constant(1));
  add_factor(node, true);
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

// Values that move, or only seem to.

void import_rearranged(NodeImport& node, std::size_t output = 0) {
  auto layer = node.layer(LayerKind::rearrange, output);
  layer.sources = {moved_values(node, output)};
  node.add(std::move(layer), output);
}

// As when only axes of one element move.
bool keeps_order(const Dims& dims, const Dims& perm) {
  std::int64_t last = -1;
  for (const auto axis : perm) {
    if (dims[axis_of(axis, dims.size())] == 1) continue;
    if (axis < last) return false;
    last = axis;
  }
  return true;
}

void import_transpose(NodeImport& node) {
  const auto& dims = node.value(0).dims;
  auto perm = node.node().get<Dims>("perm", {});
  for (std::size_t i = perm.empty() ? dims.size() : 0; i > 0;) {
    perm.push_back(static_cast<std::int64_t>(--i));
  }
  if (perm.size() != dims.size()) throw NodeError("perm: expected all axes");
  if (keeps_order(dims, perm)) return node.pass();
  const auto channels = node.value(0).channel_axis;
  for (std::size_t i = 0; i < perm.size(); ++i) {
    if (axis_of(perm[i], dims.size()) == channels) node.set_channel_axis(channels, i);
  }
  import_rearranged(node);
}

void import_part(NodeImport& node) {
  const auto& input = node.value(0);
  if (node.outputs() == 1 && input.dims == node.output_dims()) return node.pass();
  for (std::size_t i = 0; i < node.outputs(); ++i) import_rearranged(node, i);
}

// The order of the values: a gather may keep the shape and still shuffle.
void import_gather(NodeImport& node) {
  static_cast<void>(node.constant(1));
  import_rearranged(node);
}

void import_concat(NodeImport& node) {
  for (std::size_t i = 0; i < node.inputs(); ++i) static_cast<void>(node.value(i));
  const auto& dims = node.output_dims();
  auto layer = node.layer(LayerKind::concat);
  layer.axis = axis_extent(dims, axis_of(node.node().get<std::int64_t>("axis", 1), dims.size()));
  node.add(std::move(layer));
}

Dims pads_of(const NodeImport& node) {
  if (!node.has(1)) return node.node().get<Dims>("pads", {});
  return node.constant(1).integers;
}

// Zeros around the image are noted in the window, for a convolution to take over.
void import_pad(NodeImport& node) {
  const auto rank = node.value(0).dims.size();
  const auto pads = pads_of(node);
  if (pads.size() != 2 * rank) throw NodeError(fmt::format("pads: expected {} numbers", 2 * rank));
  for (const auto pad : pads) {
    if (pad < -kMostElements || pad > kMostElements) throw NodeError("pads: absurd numbers");
  }
  if (std::all_of(pads.begin(), pads.end(), [](auto pad) { return pad == 0; })) return node.pass();
  auto layer = node.layer(LayerKind::rearrange);
  layer.sources = {moved_values(node, 0)};
  layer.parameters = {limit_of(node, 2, "value", 0.0F)};
  const bool zeros =
      node.node().get<std::string>("mode", "constant") == "constant" && layer.parameters[0] == 0.0F;
  const bool outside = pads[0] == 0 && pads[1] == 0 && pads[rank] == 0 && pads[rank + 1] == 0 &&
                       *std::min_element(pads.begin(), pads.end()) >= 0;
  if (zeros && outside && (rank == 3 || rank == 4)) {
    const bool flat = rank == 3;
    layer.window.pad_before = {flat ? 0 : pads[2], pads[rank - 1]};
    layer.window.pad_after = {flat ? 0 : pads[rank + 2], pads[2 * rank - 1]};
  }
  node.add(std::move(layer));
}

// Until opset 12 the axis began what was summed over, as if flattened.
void import_softmax(NodeImport& node) {
  const auto& dims = node.output_dims();
  const bool flattens = node.node().opset < 13;
  const auto axis = axis_of(node.node().get<std::int64_t>("axis", flattens ? 1 : -1), dims.size());
  auto layer = node.layer(LayerKind::softmax);
  layer.axis = axis_extent(dims, axis);
  if (flattens) layer.axis = {layer.axis.size * layer.axis.stride, 1};
  layer.logarithm = node.node().op == "LogSoftmax";
  node.add(std::move(layer));
}

void import_local_response(NodeImport& node) {
  const auto& attributes = node.node();
  auto layer = node.layer(LayerKind::normalisation);
  layer.parameters = {static_cast<float>(attributes.get<std::int64_t>("size", 1)),
                      attributes.get("alpha", 1e-4F), attributes.get("beta", 0.75F),
                      attributes.get("bias", 1.0F)};
  node.add(std::move(layer));
}

// Means over the whole image are pools; others are not supported.
void require_image_axes(const NodeImport& node) {
  const auto rank = node.value(0).dims.size();
  Dims axes = node.has(1) ? node.constant(1).integers : node.node().get<Dims>("axes", {});
  Dims expected;
  for (std::size_t i = 2; i < rank; ++i) expected.push_back(static_cast<std::int64_t>(i));
  for (auto& axis : axes) axis = static_cast<std::int64_t>(axis_of(axis, rank));
  std::sort(axes.begin(), axes.end());
  if (axes != expected) throw NodeError("axes: expected those of height and width");
}

void import_reduce_mean(NodeImport& node) {
  require_image_axes(node);
  import_global_average_pool(node);
}

void import_reduce_max(NodeImport& node) {
  require_image_axes(node);
  import_global_max_pool(node);
}

const std::map<std::string, OperatorImport>& operators() {
  static const std::map<std::string, OperatorImport> kAll = {
      {"Conv", import_convolution},
      {"Gemm", import_gemm},
      {"MatMul", import_matmul},
      {"BatchNormalization", import_batch_norm},
      {"LRN", import_local_response},
      {"MaxPool", import_max_pool},
      {"AveragePool", import_average_pool},
      {"GlobalMaxPool", import_global_max_pool},
      {"GlobalAveragePool", import_global_average_pool},
      {"ReduceMean", import_reduce_mean},
      {"ReduceMax", import_reduce_max},
      {"Add", import_add},
      {"Sub", import_subtract},
      {"Mul", import_multiply},
      {"Div", import_divide},
      {"Concat", import_concat},
      {"Softmax", import_softmax},
      {"LogSoftmax", import_softmax},
      {"Relu", import_function<Activation::relu>},
      {"Sign", import_function<Activation::sign>},
      {"Sigmoid", import_function<Activation::sigmoid>},
      {"Tanh", import_function<Activation::tanh>},
      {"HardSwish", import_function<Activation::hard_swish>},
      {"Selu", import_function<Activation::selu>},
      {"Softplus", import_function<Activation::softplus>},
      {"Softsign", import_function<Activation::softsign>},
      {"Erf", import_function<Activation::erf>},
      {"Abs", import_function<Activation::abs>},
      {"Neg", import_function<Activation::negate>},
      {"Exp", import_function<Activation::exponential>},
      {"Log", import_function<Activation::logarithm>},
      {"Sqrt", import_function<Activation::square_root>},
      {"Reciprocal", import_function<Activation::reciprocal>},
      {"LeakyRelu", import_with_alpha<Activation::leaky_relu, 1>},
      {"Elu", import_with_alpha<Activation::elu, 100>},
      {"Celu", import_with_alpha<Activation::celu, 100>},
      {"HardSigmoid", import_hard_sigmoid},
      {"PRelu", import_prelu},
      {"Clip", import_clip},
      {"Identity", pass},
      {"Dropout", pass},
      {"Cast", pass},
      {"Flatten", pass},
      {"Reshape", pass},
      {"Squeeze", pass},
      {"Unsqueeze", pass},
      {"Transpose", import_transpose},
      {"Slice", import_part},
      {"Split", import_part},
      {"Expand", import_part},
      {"Gather", import_gather},
      {"Pad", import_pad}};
  return kAll;
}

}  // namespace

OperatorImport operator_import(const std::string& op) {
  const auto found = operators().find(op);
  return found == operators().end() ? nullptr : found->second;
}

}  // namespace dwmtj
