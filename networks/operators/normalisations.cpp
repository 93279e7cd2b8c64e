// SPDX-License-Identifier: Apache-2.0
// Softmax, means, norms.
#include <algorithm>

#include <fmt/format.h>

#include "networks/onnx_constants.h"
#include "networks/operators/attributes.h"
#include "networks/operators/layer_chain.h"
#include "networks/operators/operator_table.h"
#include "networks/operators/windows.h"
#include "networks/value_order.h"

namespace dwmtj {
namespace {

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

bool are_image_axes(const Dims& axes, std::size_t rank) {
  Dims image;
  for (std::size_t i = 2; i < rank; ++i) image.push_back(static_cast<std::int64_t>(i));
  return rank > 2 && axes == image;
}

// One axis, or several that follow one another.
AxisExtent joined_axes(const Dims& dims, const Dims& axes) {
  if (axes.empty()) throw NodeError("axes: expected at least one");
  for (std::size_t i = 1; i < axes.size(); ++i) {
    if (axes[i] != axes[i - 1] + 1) throw NodeError("axes: expected neighbours");
  }
  auto joined = axis_extent(dims, static_cast<std::size_t>(axes.back()));
  joined.size = 1;
  for (const auto axis : axes) joined.size *= dims.at(static_cast<std::size_t>(axis));
  return joined;
}

// The mean over height and width is a pool; over others, a mean. A sum is as many times that.
void add_mean(NodeImport& node, bool sum) {
  const auto& dims = node.value(0).dims;
  const auto axes = axes_of(node, 1);
  if (!sum && are_image_axes(axes, dims.size())) return import_global_average_pool(node);
  const auto axis = joined_axes(dims, axes);
  auto layer = node.layer(LayerKind::mean);
  layer.axis = axis;
  if (!sum) return node.add(std::move(layer));
  layer.name += "/mean";
  auto scale = node.step(LayerKind::scale, {});
  scale.factor = {static_cast<float>(axis.size)};
  scale.offset = {0.0F};
  scale.inputs = {node.add_step(std::move(layer))};
  node.add(std::move(scale));
}
void import_reduce_mean(NodeImport& node) { add_mean(node, false); }
void import_reduce_sum(NodeImport& node) { add_mean(node, true); }

void import_reduce_max(NodeImport& node) {
  if (!are_image_axes(axes_of(node, 1), node.value(0).dims.size())) {
    throw NodeError("axes: expected those of height and width");
  }
  import_global_max_pool(node);
}

// Each as often as there are channels for it.
std::vector<float> spread(const std::vector<float>& of_groups, std::size_t channels) {
  std::vector<float> values;
  for (const auto value : of_groups)
    values.insert(values.end(), channels / of_groups.size(), value);
  return values;
}

// Behind the normalised values: a factor and an offset for each channel.
void finish_with_scale(NodeImport& node, std::size_t normalised, std::size_t scale_input) {
  LayerChain chain(node);
  const auto& like = node.value(0);
  auto factor = node.has(scale_input) ? node.floats(scale_input) : std::vector<float>{1.0F};
  auto offset = node.has(scale_input + 1) ? node.floats(scale_input + 1)
                                          : std::vector<float>(factor.size(), 0.0F);
  const auto channels = static_cast<std::size_t>(like.dims.at(like.channel_axis));
  // Until opset 21 there is one for each group.
  const bool of_groups = node.node().op == "GroupNormalization" && node.node().opset < 21;
  if (of_groups && !factor.empty() && channels % factor.size() == 0 &&
      offset.size() == factor.size()) {
    factor = spread(factor, channels);
    offset = spread(offset, channels);
  }
  const bool fits = factor.size() == 1 || factor.size() == channels;
  if (!fits || offset.size() != factor.size()) {
    throw NodeError(fmt::format("input {}: expected {} values", scale_input, channels));
  }
  node.finish(chain.scale(normalised, factor, offset));
}

void import_layer_norm(NodeImport& node) {
  const auto& dims = node.value(0).dims;
  const auto first = axis_of(node.node().get<std::int64_t>("axis", -1), dims.size());
  Dims axes;
  for (std::size_t i = first; i < dims.size(); ++i) axes.push_back(static_cast<std::int64_t>(i));
  if (node.value(0).channel_axis != dims.size() - 1 && axes.size() == 1) {
    node.set_channel_axis(dims.size() - 1, dims.size() - 1);
  }
  LayerChain chain(node);
  const auto normalised = chain.standardised(node.value(0).layer, joined_axes(dims, axes),
                                             node.node().get("epsilon", 1e-5F));
  if (axes.size() > 1) {
    if (node.has(1) && node.floats(1).size() > 1) throw NodeError("a scale of several axes");
    return finish_with_scale(node, normalised, 1);
  }
  const auto factor = node.has(1) ? node.floats(1) : std::vector<float>{1.0F};
  const auto offset = node.has(2) ? node.floats(2) : std::vector<float>(factor.size(), 0.0F);
  if (factor.size() > 1 && static_cast<std::int64_t>(factor.size()) != dims.back()) {
    throw NodeError(fmt::format("input 1: expected {} values", dims.back()));
  }
  if (offset.size() != factor.size())
    throw NodeError("input 2: expected as many values as input 1");
  node.finish(chain.scale(normalised, factor, offset));
}

// Of each channel over its image; of groups of channels.
void import_group_norm(NodeImport& node, std::int64_t groups) {
  node.set_channel_axis(1, 1);
  const auto& dims = node.value(0).dims;
  if (dims.size() < 3) throw NodeError("expected an image");
  if (groups < 1 || dims[1] % groups != 0) throw NodeError("groups: expected whole ones");
  std::int64_t size = dims[1] / groups;
  for (std::size_t i = 2; i < dims.size(); ++i) size *= dims[i];
  LayerChain chain(node);
  const auto normalised =
      chain.standardised(node.value(0).layer, {size, 1}, node.node().get("epsilon", 1e-5F));
  finish_with_scale(node, normalised, 1);
}
void import_instance_norm(NodeImport& node) {
  const auto& dims = node.value(0).dims;
  if (dims.size() < 3) throw NodeError("expected an image");
  import_group_norm(node, dims[1]);
}
void import_groups(NodeImport& node) {
  import_group_norm(node, node.node().get<std::int64_t>("num_groups", 1));
}

}  // namespace

const OperatorTable& normalisation_operators() {
  static const OperatorTable kAll = {{"Softmax", import_softmax},
                                     {"LogSoftmax", import_softmax},
                                     {"LRN", import_local_response},
                                     {"LayerNormalization", import_layer_norm},
                                     {"InstanceNormalization", import_instance_norm},
                                     {"GroupNormalization", import_groups},
                                     {"ReduceMean", import_reduce_mean},
                                     {"ReduceSum", import_reduce_sum},
                                     {"ReduceMax", import_reduce_max}};
  return kAll;
}

}  // namespace dwmtj
