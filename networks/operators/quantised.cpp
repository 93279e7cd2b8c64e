// SPDX-License-Identifier: Apache-2.0
// Quantised networks: QDQ, QLinear and integer forms. A quantised tensor is the real one that its
// integers stand for, rounded to them; weights take their scales over.
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "networks/operators/operator_table.h"
#include "networks/operators/weights.h"
#include "networks/operators/windows.h"

namespace dwmtj {
namespace {

constexpr float kUnsignedHigh = 255.0F;
constexpr float kSignedHigh = 127.0F;

float one_value(const NodeImport& node, std::size_t input) {
  const auto values = node.floats(input);
  if (values.size() != 1) throw NodeError(fmt::format("input {}: expected one value", input));
  return values[0];
}

// Rounds `layer`'s values to integers of the type of the zero point.
void add_rounding(NodeImport& node, std::size_t of, std::size_t scale_input) {
  const auto zero = scale_input + 1;
  const bool is_signed = node.has(zero) && node.constant(zero).is_signed;
  auto layer = node.step(LayerKind::activation, {of});
  layer.function = Activation::quantise;
  layer.parameters = {one_value(node, scale_input), node.has(zero) ? one_value(node, zero) : 0.0F,
                      is_signed ? -kSignedHigh - 1.0F : 0.0F,
                      is_signed ? kSignedHigh : kUnsignedHigh};
  if (!(layer.parameters[0] > 0.0F)) throw NodeError("a scale that is not above zero");
  node.finish(node.add_step(std::move(layer)));
}

void import_quantise(NodeImport& node) { add_rounding(node, node.value(0).layer, 1); }

// What stands for reals already is them.
void import_dequantise(NodeImport& node) { node.pass(); }

// Its scale comes with the values, so that it counts as one here.
void import_dynamic_quantise(NodeImport& node) {
  node.pass();
  node.set_constant(1, {{}, std::make_shared<const std::vector<float>>(1, 1.0F), {}});
  node.set_constant(2, {{}, nullptr, {0}});
}

// One value, or one for each of so many outputs.
void require_one_each(const std::vector<float>& values, std::int64_t outputs, const char* what) {
  const auto count = static_cast<std::int64_t>(values.size());
  if (count != 1 && count != outputs) {
    throw NodeError(fmt::format("{} {}: expected 1 or {}", count, what, outputs));
  }
}

// Integers as the reals they stand for, `inner` of each output together; outputs come again and
// again.
WeightValues real_weights(const NodeImport& node, std::size_t input,
                          const std::vector<float>& scales, const std::vector<float>& zeros,
                          std::int64_t outputs, std::int64_t inner) {
  auto values = node.floats(input);
  if (values.empty()) throw NodeError(fmt::format("input {}: expected weights", input));
  require_one_each(scales, outputs, "scales");
  require_one_each(zeros, outputs, "zero points");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto output = static_cast<std::size_t>(static_cast<std::int64_t>(i) / inner % outputs);
    const float zero = zeros[zeros.size() == 1 ? 0 : output];
    values[i] = (values[i] - zero) * scales[scales.size() == 1 ? 0 : output];
  }
  return std::make_shared<const std::vector<float>>(std::move(values));
}

// Of a kernel: outputs ahead of all else.
WeightMatrix kernel_of_integers(const NodeImport& node, std::size_t input,
                                const std::vector<float>& scales, const std::vector<float>& zeros) {
  const auto& tensor = node.constant(input);
  if (tensor.dims.size() < 3 || tensor.size() < 1) {
    throw NodeError(fmt::format("input {}: expected a kernel of the image's axes", input));
  }
  const auto outputs = tensor.dims[0];
  const auto inner = tensor.size() / outputs;
  return {outputs, inner, real_weights(node, input, scales, zeros, outputs, inner), {}};
}

std::vector<float> zeros_of(const NodeImport& node, std::size_t input) {
  return node.has(input) ? node.floats(input) : std::vector<float>{0.0F};
}

Dims kernel_extents(const NodeImport& node, std::size_t input) {
  const auto& dims = node.constant(input).dims;
  return {dims.begin() + 2, dims.end()};
}

// x, its scale and zero, w, its scale and zero, those of y, and a bias in steps of both scales.
void import_qlinear_convolution(NodeImport& node) {
  const auto scales = node.floats(4);
  auto weights = kernel_of_integers(node, 3, scales, zeros_of(node, 5));
  weights.bias = bias_of(node, 8, weights.outputs);
  const float of_input = one_value(node, 1);
  for (std::size_t i = 0; i < weights.bias.size(); ++i) {
    weights.bias[i] *= of_input * scales[scales.size() == 1 ? 0 : i];
  }
  import_convolution_of(node, 0, std::move(weights), kernel_extents(node, 3));
  node.round_result([&](std::size_t layer) { add_rounding(node, layer, 6); });
}

WeightMatrix matrix_of_integers(const NodeImport& node, std::size_t input,
                                const std::vector<float>& scales, const std::vector<float>& zeros) {
  const auto& dims = node.constant(input).dims;
  if (dims.size() != 2) throw NodeError(fmt::format("input {}: expected a matrix", input));
  const auto values = real_weights(node, input, scales, zeros, dims[1], 1);
  return {dims[1], dims[0], transposed(values, dims[0], dims[1]), {}};
}

void import_qlinear_product(NodeImport& node) {
  const auto rank = node.value(0).dims.size();
  add_dense(node, 0, rank - 1, rank - 1,
            matrix_of_integers(node, 3, node.floats(4), zeros_of(node, 5)));
  node.round_result([&](std::size_t layer) { add_rounding(node, layer, 6); });
}

// Integers that no scale comes with: the scales are nodes behind it.
void import_integer_convolution(NodeImport& node) {
  auto weights = kernel_of_integers(node, 1, {1.0F}, zeros_of(node, 3));
  import_convolution_of(node, 0, std::move(weights), kernel_extents(node, 1));
}

void import_integer_product(NodeImport& node) {
  const auto rank = node.value(0).dims.size();
  add_dense(node, 0, rank - 1, rank - 1, matrix_of_integers(node, 1, {1.0F}, zeros_of(node, 3)));
}

}  // namespace

const OperatorTable& quantised_operators() {
  static const OperatorTable kAll = {{"QuantizeLinear", import_quantise},
                                     {"DequantizeLinear", import_dequantise},
                                     {"DynamicQuantizeLinear", import_dynamic_quantise},
                                     {"QLinearConv", import_qlinear_convolution},
                                     {"QLinearMatMul", import_qlinear_product},
                                     {"ConvInteger", import_integer_convolution},
                                     {"MatMulInteger", import_integer_product}};
  return kAll;
}

}  // namespace dwmtj
