// SPDX-License-Identifier: Apache-2.0
// Convolutions, pools, resizing.
#include "networks/operators/windows.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "networks/operators/operator_table.h"
#include "networks/operators/resizing.h"
#include "networks/operators/weights.h"

namespace dwmtj {
namespace {

// What the padding must be for the output to have its size; the odd one at the end, or before.
std::pair<std::int64_t, std::int64_t> same_pads(std::int64_t input, std::int64_t output,
                                                std::int64_t stride, std::int64_t covered,
                                                bool at_end) {
  const auto total = std::max<std::int64_t>(0, (output - 1) * stride + covered - input);
  const auto less = total / 2;
  return at_end ? std::pair{less, total - less} : std::pair{total - less, less};
}

void add_pool(NodeImport& node, LayerKind kind) {
  const auto kernel = per_axis(node, "kernel_shape", image_axes(node, 3), 1);
  auto layer = node.layer(kind);
  layer.window = window_of(node, kernel);
  layer.counts_padding = node.node().get<std::int64_t>("count_include_pad", 0) != 0;
  node.add(std::move(layer));
}

void add_global_pool(NodeImport& node, LayerKind kind) {
  static_cast<void>(image_axes(node, 3));
  auto layer = node.layer(kind);
  layer.window.kernel = {layer.input.height, layer.input.width, layer.input.depth};
  layer.window.stride = layer.window.kernel;
  node.add(std::move(layer));
}

void import_convolution(NodeImport& node) {
  const auto& tensor = float_weights(node);
  const auto& dims = tensor.dims;
  if (dims.size() < 3) throw NodeError("input 1: expected a kernel of the image's axes");
  import_convolution_of(
      node, 0, {dims[0], tensor.size() / dims[0], tensor.floats, bias_of(node, 2, dims[0])},
      Dims(dims.begin() + 2, dims.end()));
}

// The kernel of a transposed convolution for a plain one over the image with zeros in between:
// outputs first, and turned around.
WeightMatrix turned_kernel(const OnnxTensor& tensor, std::int64_t groups) {
  const auto& dims = tensor.dims;
  const auto inputs = dims[0] / groups;  // of a group
  const auto outputs = dims[1];
  const auto size = tensor.size() / (dims[0] * outputs);
  WeightMatrix weights{groups * outputs, inputs * size, nullptr, {}};
  if (!tensor.floats) return weights;
  std::vector<float> values(tensor.floats->size());
  auto* value = values.data();
  for (std::int64_t o = 0; o < groups * outputs; ++o) {
    for (std::int64_t c = 0; c < inputs; ++c) {
      const auto channel = o / outputs * inputs + c;
      const auto* const kernel = tensor.floats->data() + (channel * outputs + o % outputs) * size;
      for (std::int64_t k = size; k-- > 0; ++value) *value = kernel[k];
    }
  }
  weights.values = std::make_shared<const std::vector<float>>(std::move(values));
  return weights;
}

// As a convolution over the image with zeros between and around its values: products with these
// count, as with padding.
void import_transposed_convolution(NodeImport& node) {
  const auto axes = image_axes(node, 2);
  const auto& tensor = float_weights(node);
  const auto& dims = tensor.dims;
  const auto groups = node.node().get<std::int64_t>("group", 1);
  if (dims.size() != axes + 2 || groups < 1 || dims[0] != node.value(0).dims[1] ||
      dims[0] % groups != 0 || dims[1] * groups != node.output_dims().at(1)) {
    throw NodeError("input 1: expected weights for the channels and groups there are");
  }
  const Dims kernel(dims.begin() + 2, dims.end());
  const auto strides = per_axis(node, "strides", axes, 1);
  const auto dilations = per_axis(node, "dilations", axes, 1);
  Dims begin;  // zeros ahead of the first value
  for (std::size_t i = 0; i < axes; ++i) {
    const auto reach = dilations[i] * (kernel[i] - 1);
    const auto given = node.node().get<Dims>("pads", {});
    const auto spread = strides[i] * (node.value(0).dims[2 + i] - 1) + 1;
    const auto total = node.output_dims().at(2 + i) + reach - spread;
    begin.push_back(given.empty() ? (total + 1) / 2 : reach - given[i]);
    if (begin.back() < 0 || total < begin.back()) throw NodeError("pads that cut values off");
  }
  auto layer = node.layer(LayerKind::convolution);
  layer.input = layer.output;
  layer.input.channels = dims[0];
  const auto covered = [&](std::size_t i) { return dilations[i] * (kernel[i] - 1); };
  const bool flat = axes == 1;
  layer.input.height += flat ? 0 : covered(0);
  layer.input.width += covered(axes - 1);
  layer.input_stride = layer.input.positions();
  layer.window = {extent_of(kernel), {}, extent_of(dilations), {0, 0, 0}, {0, 0, 0}};
  layer.groups = groups;
  layer.weights = turned_kernel(tensor, groups);
  layer.weights.bias = bias_of(node, 2, layer.weights.outputs);
  auto spread = node.step_like(LayerKind::rearrange, 0);
  spread.name += "/spread";
  spread.output = layer.input;
  spread.output_stride = layer.input_stride;
  const Extent steps = extent_of(strides);
  const Extent first = extent_of(begin, 0);
  spread.sources = {spread_values(spread.input, spread.output, steps, first)};
  layer.inputs = {node.add_step(std::move(spread))};
  node.add(std::move(layer));
}

void import_max_pool(NodeImport& node) { add_pool(node, LayerKind::max_pool); }
void import_average_pool(NodeImport& node) { add_pool(node, LayerKind::average_pool); }

}  // namespace

std::size_t image_axes(NodeImport& node, std::size_t most) {
  node.set_channel_axis(1, 1);
  const auto rank = node.value(0).dims.size();
  if (rank < 3 || rank > most + 2) {
    throw NodeError(fmt::format("a tensor of {} axes: expected 3 to {}", rank, most + 2));
  }
  return rank - 2;
}

Dims per_axis(const NodeImport& node, const char* name, std::size_t size, std::int64_t otherwise) {
  auto values = node.node().get<Dims>(name, {});
  if (values.empty()) values.assign(size, otherwise);
  if (values.size() != size) throw NodeError(fmt::format("{}: expected {} numbers", name, size));
  return values;
}

Extent extent_of(const Dims& values, std::int64_t of_missing_axes) {
  const auto axes = values.size();
  return {axes > 1 ? values[axes - 2] : of_missing_axes, values[axes - 1],
          axes > 2 ? values[0] : of_missing_axes};
}

Window window_of(NodeImport& node, const Dims& kernel) {
  const auto axes = image_axes(node, 3);
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
  return {extent_of(kernel), extent_of(strides), extent_of(dilations), extent_of(before, 0),
          extent_of(after, 0)};
}

void import_convolution_of(NodeImport& node, std::size_t input, WeightMatrix weights,
                           const Dims& kernel) {
  const auto axes = image_axes(node, 3);
  const auto& dims = node.value(input).dims;
  const auto groups = node.node().get<std::int64_t>("group", 1);
  if (kernel.size() != axes) throw NodeError("input 1: expected a kernel of the image's axes");
  std::int64_t size = 1;
  for (const auto extent : kernel) size *= extent;
  if (groups < 1 || weights.inputs * groups != dims[1] * size || weights.outputs % groups != 0) {
    throw NodeError("input 1: expected weights for the channels and groups there are");
  }
  if (per_axis(node, "kernel_shape", axes, 0) != kernel && node.node().has("kernel_shape")) {
    throw NodeError("kernel_shape: expected that of the weights");
  }
  auto layer = node.layer(LayerKind::convolution);
  layer.window = window_of(node, kernel);
  layer.groups = groups;
  layer.weights = std::move(weights);
  node.add(std::move(layer));
}

void import_global_max_pool(NodeImport& node) { add_global_pool(node, LayerKind::max_pool); }

void import_global_average_pool(NodeImport& node) {
  add_global_pool(node, LayerKind::average_pool);
}

const OperatorTable& window_operators() {
  static const OperatorTable kAll = {{"Conv", import_convolution},
                                     {"ConvTranspose", import_transposed_convolution},
                                     {"MaxPool", import_max_pool},
                                     {"AveragePool", import_average_pool},
                                     {"GlobalMaxPool", import_global_max_pool},
                                     {"GlobalAveragePool", import_global_average_pool},
                                     {"Resize", import_resize},
                                     {"Upsample", import_resize}};
  return kAll;
}

}  // namespace dwmtj
