// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_weights.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace dwmtj {
namespace {

using Values = std::shared_ptr<const std::vector<float>>;

// 1 or 2, after the batch and the channels.
std::size_t image_axes(NodeImport& node) {
  node.set_channel_axis(1, 1);
  const auto rank = node.value(0).dims.size();
  if (rank != 3 && rank != 4) {
    throw NodeError(fmt::format("a tensor of {} axes: expected 3 or 4", rank));
  }
  return rank - 2;
}

// An attribute with one number an axis: `otherwise` where it is not given.
Dims per_axis(const NodeImport& node, const char* name, std::size_t size, std::int64_t otherwise) {
  auto values = node.node().get<Dims>(name, {});
  if (values.empty()) values.assign(size, otherwise);
  if (values.size() != size) throw NodeError(fmt::format("{}: expected {} numbers", name, size));
  return values;
}

Extent extent(const Dims& values, std::int64_t height_of_one_axis = 1) {
  return values.size() == 1 ? Extent{height_of_one_axis, values[0]} : Extent{values[0], values[1]};
}

// What the padding must be for the output to have its size; the odd one at the end, or before.
std::pair<std::int64_t, std::int64_t> same_pads(std::int64_t input, std::int64_t output,
                                                std::int64_t stride, std::int64_t covered,
                                                bool at_end) {
  const auto total = std::max<std::int64_t>(0, (output - 1) * stride + covered - input);
  const auto less = total / 2;
  return at_end ? std::pair{less, total - less} : std::pair{total - less, less};
}

Window window_of(NodeImport& node, const Dims& kernel) {
  const auto axes = image_axes(node);
  const auto strides = per_axis(node, "strides", axes, 1);
  const auto dilations = per_axis(node, "dilations", axes, 1);
  const auto pads = per_axis(node, "pads", 2 * axes, 0);
  Dims before(pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(axes));
  Dims after(pads.begin() + static_cast<std::ptrdiff_t>(axes), pads.end());
  const auto automatic = node.node().get<std::string>("auto_pad", "NOTSET");
  for (std::size_t i = 0; i < axes && automatic != "NOTSET"; ++i) {
    const auto covered = (kernel[i] - 1) * dilations[i] + 1;
    if (automatic != "VALID" && automatic != "SAME_UPPER" && automatic != "SAME_LOWER") {
      throw NodeError("auto_pad '" + automatic + "'");
    }
    const auto [start, end] =
        automatic == "VALID" ? std::pair<std::int64_t, std::int64_t>{0, 0}
                             : same_pads(node.value(0).dims[2 + i], node.output_dims().at(2 + i),
                                         strides[i], covered, automatic == "SAME_UPPER");
    before[i] = start;
    after[i] = end;
  }
  if (*std::min_element(pads.begin(), pads.end()) < 0) throw NodeError("negative pads");
  return {extent(kernel), extent(strides), extent(dilations), extent(before, 0), extent(after, 0)};
}

std::vector<float> bias_of(const NodeImport& node, std::int64_t outputs) {
  if (!node.has(2)) return {};
  auto bias = node.floats(2);
  const auto size = static_cast<std::size_t>(outputs);
  if (bias.size() == 1) bias.resize(size, bias[0]);
  const auto& dims = node.constant(2).dims;
  if (bias.size() != size || (size > 1 && dims.size() > 1 && dims.back() == 1)) {
    throw NodeError(fmt::format("a bias of {} values: expected {}", bias.size(), size));
  }
  return bias;
}

Values transposed(const Values& values, std::int64_t rows, std::int64_t columns) {
  auto result = std::make_shared<std::vector<float>>(values->size());
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t column = 0; column < columns; ++column) {
      (*result)[column * rows + row] = (*values)[row * columns + column];
    }
  }
  return result;
}

const OnnxTensor& float_weights(const NodeImport& node) {
  const auto& weights = node.constant(1);
  if (!weights.is_float() || weights.size() == 0) {
    throw NodeError("input 1: expected weights that are floats");
  }
  return weights;
}

// The right operand of a product as a matrix of outputs x inputs.
WeightMatrix matrix_of(const NodeImport& node, bool is_transposed) {
  const auto& tensor = float_weights(node);
  if (tensor.dims.size() != 2) throw NodeError("input 1: expected a matrix");
  const auto rows = tensor.dims[0];
  const auto columns = tensor.dims[1];
  if (is_transposed) return {rows, columns, tensor.floats, {}};
  return {columns, rows, transposed(tensor.floats, rows, columns), {}};
}

void add_dense(NodeImport& node, WeightMatrix weights) {
  const auto& dims = node.value(0).dims;
  if (dims.empty() || dims.back() != weights.inputs) {
    throw NodeError(fmt::format("expected {} inputs", weights.inputs));
  }
  const auto rows = node.rows_of(dims);
  node.set_channel_axis(dims.size() - 1, dims.size() - 1);
  auto layer = node.layer(LayerKind::dense);
  layer.input = {weights.inputs, 1, rows};
  layer.output = {weights.outputs, 1, rows};
  layer.weights = std::move(weights);
  node.add(std::move(layer));
}

void scale(std::vector<float>& values, float factor) {
  for (auto& value : values) value *= factor;
}

void add_pool(NodeImport& node, LayerKind kind) {
  const auto kernel = per_axis(node, "kernel_shape", image_axes(node), 1);
  auto layer = node.layer(kind);
  layer.window = window_of(node, kernel);
  layer.counts_padding = node.node().get<std::int64_t>("count_include_pad", 0) != 0;
  node.add(std::move(layer));
}

void add_global_pool(NodeImport& node, LayerKind kind) {
  image_axes(node);
  auto layer = node.layer(kind);
  layer.window.kernel = {layer.input.height, layer.input.width};
  layer.window.stride = layer.window.kernel;
  node.add(std::move(layer));
}

}  // namespace

void import_convolution(NodeImport& node) {
  const auto axes = image_axes(node);
  const auto& tensor = float_weights(node);
  const auto& dims = tensor.dims;
  const auto groups = node.node().get<std::int64_t>("group", 1);
  if (dims.size() != axes + 2) throw NodeError("input 1: expected a kernel of the image's axes");
  if (dims[1] * groups != node.value(0).dims[1] || dims[0] % groups != 0) {
    throw NodeError("input 1: expected weights for the channels and groups there are");
  }
  const Dims kernel(dims.begin() + 2, dims.end());
  if (per_axis(node, "kernel_shape", axes, 0) != kernel && node.node().has("kernel_shape")) {
    throw NodeError("kernel_shape: expected that of the weights");
  }
  auto layer = node.layer(LayerKind::convolution);
  layer.window = window_of(node, kernel);
  layer.groups = groups;
  layer.weights = {dims[0], tensor.size() / dims[0], tensor.floats, bias_of(node, dims[0])};
  node.add(std::move(layer));
}

void import_gemm(NodeImport& node) {
  const auto& attributes = node.node();
  if (attributes.get<std::int64_t>("transA", 0) != 0) throw NodeError("transA is not supported");
  auto weights = matrix_of(node, attributes.get<std::int64_t>("transB", 0) != 0);
  const float alpha = attributes.get("alpha", 1.0F);
  if (alpha != 1.0F) {
    auto scaled = *weights.values;
    scale(scaled, alpha);
    weights.values = std::make_shared<const std::vector<float>>(std::move(scaled));
  }
  weights.bias = bias_of(node, weights.outputs);
  scale(weights.bias, attributes.get("beta", 1.0F));
  add_dense(node, std::move(weights));
}

void import_matmul(NodeImport& node) { add_dense(node, matrix_of(node, false)); }

void import_max_pool(NodeImport& node) { add_pool(node, LayerKind::max_pool); }
void import_average_pool(NodeImport& node) { add_pool(node, LayerKind::average_pool); }

void import_global_max_pool(NodeImport& node) { add_global_pool(node, LayerKind::max_pool); }

void import_global_average_pool(NodeImport& node) {
  add_global_pool(node, LayerKind::average_pool);
}

}  // namespace dwmtj
