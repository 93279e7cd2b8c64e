// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_values.h"

#include <algorithm>

#include <fmt/format.h>

namespace dwmtj {
namespace {

std::int64_t stride_of(const Dims& dims, std::size_t axis) {
  std::int64_t stride = 1;
  for (std::size_t i = axis + 1; i < dims.size(); ++i) stride *= dims[i];
  return stride;
}

}  // namespace

NodeImport::NodeImport(const OnnxNode& node, std::vector<const OnnxValue*> inputs,
                       std::vector<Dims> outputs, std::int64_t batch, Network& network)
    : node_(node),
      inputs_(std::move(inputs)),
      dims_(std::move(outputs)),
      batch_(batch),
      network_(network),
      results_(dims_.size()) {
  const auto first = std::find_if(inputs_.begin(), inputs_.end(), is_computed);
  if (first == inputs_.end()) return;
  input_axis_ = output_axis_ = (*first)->channel_axis;
  // Beside a constant of more axes it has more in front.
  const auto rank = (*first)->dims.size();
  const bool broadcast = inputs_.size() == 2 && !dims_.empty() && dims_[0].size() > rank;
  const auto* const other = broadcast ? inputs_[first == inputs_.begin() ? 1 : 0] : nullptr;
  if (other != nullptr && other->dims.size() == dims_[0].size()) {
    output_axis_ += dims_[0].size() - rank;
  }
}

bool NodeImport::is_computed(const OnnxValue* value) {
  return value != nullptr && value->kind == OnnxValue::Kind::computed;
}

bool NodeImport::has(std::size_t input) const {
  return input < inputs_.size() && inputs_[input] != nullptr;
}

bool NodeImport::is_constant(std::size_t input) const {
  return has(input) && inputs_[input]->kind == OnnxValue::Kind::constant;
}

const OnnxValue& NodeImport::value(std::size_t input) const {
  if (!has(input) || is_constant(input)) {
    throw NodeError(fmt::format("input {}: expected one that is computed", input));
  }
  return *inputs_[input];
}

const OnnxTensor& NodeImport::constant(std::size_t input) const {
  if (!is_constant(input)) throw NodeError(fmt::format("input {}: expected a constant", input));
  return inputs_[input]->constant;
}

std::vector<float> NodeImport::floats(std::size_t input) const {
  const auto& tensor = constant(input);
  if (tensor.is_float()) return *tensor.floats;
  return {tensor.integers.begin(), tensor.integers.end()};
}

bool NodeImport::is_per_channel(std::size_t input, const OnnxValue& of) const {
  const auto& dims = constant(input).dims;
  if (constant(input).size() == 1) return true;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    const auto axis = of.dims.size() + i - dims.size();  // aligned at the end
    if (dims[i] == 1 || (axis == of.channel_axis && dims[i] == of.dims.at(axis))) continue;
    return false;
  }
  return true;
}

std::vector<float> NodeImport::per_channel(std::size_t input, const OnnxValue& of) const {
  if (!is_per_channel(input, of)) {
    throw NodeError(
        fmt::format("input {}: expected a constant of one value, or of one a channel", input));
  }
  return floats(input);
}

std::int64_t NodeImport::rows_of(const Dims& dims) const {
  std::int64_t rows = 1;
  for (std::size_t i = 0; i + 1 < dims.size(); ++i) {
    if (i > 0 || dims[i] != batch_) rows *= dims[i];
  }
  return rows;
}

Dims NodeImport::without_batch(const Dims& dims) const {
  if (dims.size() < 2 || dims[0] != batch_) return dims;
  return {dims.begin() + 1, dims.end()};
}

TensorShape NodeImport::shape_of(const Dims& dims, std::size_t channel_axis) const {
  TensorShape shape;
  if (dims.size() == 1) shape.channels = dims[0];
  std::vector<std::int64_t> others;
  for (std::size_t i = 0; dims.size() > 1 && i < dims.size(); ++i) {
    if (i == std::min(channel_axis, dims.size() - 1)) {
      shape.channels = dims[i];
    } else if (i > 0 || dims[i] != batch_) {
      others.push_back(dims[i]);
    }
  }
  if (!others.empty()) shape.width = others.back();
  if (others.size() > 1) shape.height = others[others.size() - 2];
  for (std::size_t i = 0; i + 2 < others.size(); ++i) shape.depth *= others[i];
  return shape;
}

std::string NodeImport::layer_name(std::size_t output) const {
  auto name = output == 0 ? node_.name : node_.outputs[output];
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  return name;
}

Layer NodeImport::layer(LayerKind kind, std::size_t output) const {
  Layer layer;
  layer.kind = kind;
  layer.name = layer_name(output);
  for (const auto* const input : inputs_) {
    if (!is_computed(input)) continue;
    if (layer.inputs.empty()) {
      layer.input = shape_of(input->dims, input_axis_);
      layer.input_stride = stride_of(input->dims, input_axis_);
    }
    layer.inputs.push_back(input->layer);
  }
  layer.output = shape_of(output_dims(output), output_axis_);
  layer.output_stride = stride_of(output_dims(output), output_axis_);
  return layer;
}

void NodeImport::add(Layer layer, std::size_t output) {
  const auto& dims = output_dims(output);
  if (elements_of(dims) < 1) throw NodeError("has an output that is empty, or absurdly large");
  auto& result = results_.at(output);
  result.kind = OnnxValue::Kind::computed;
  result.dims = dims;
  result.layer = network_.layers.size();
  result.channel_axis = std::min(output_axis_, std::max<std::size_t>(dims.size(), 1) - 1);
  network_.layers.push_back(std::move(layer));
}

Layer NodeImport::step(LayerKind kind, std::vector<std::size_t> inputs) const {
  auto layer = this->layer(kind);
  layer.inputs = std::move(inputs);
  layer.input = layer.output;
  layer.input_stride = layer.output_stride;
  return layer;
}

Layer NodeImport::step_like(LayerKind kind, std::size_t input) const {
  const auto& of = value(input);
  Layer layer;
  layer.kind = kind;
  layer.name = layer_name(0);
  layer.inputs = {of.layer};
  layer.input = layer.output = shape_of(of.dims, of.channel_axis);
  layer.input_stride = layer.output_stride = stride_of(of.dims, of.channel_axis);
  return layer;
}

std::size_t NodeImport::add_step(Layer layer) {
  network_.layers.push_back(std::move(layer));
  return network_.layers.size() - 1;
}

void NodeImport::finish(std::size_t layer, std::size_t output) {
  const auto& dims = output_dims(output);
  if (elements_of(dims) < 1) throw NodeError("has an output that is empty, or absurdly large");
  auto& result = results_.at(output);
  result.kind = OnnxValue::Kind::computed;
  result.dims = dims;
  result.layer = layer;
  result.channel_axis = std::min(output_axis_, std::max<std::size_t>(dims.size(), 1) - 1);
}

void NodeImport::set_constant(std::size_t output, OnnxTensor value) {
  if (output >= results_.size()) return;
  auto& result = results_[output];
  result.kind = OnnxValue::Kind::constant;
  result.dims = value.dims;
  result.constant = std::move(value);
}

std::size_t NodeImport::add_constant(std::size_t input) {
  const auto& dims = constant(input).dims;
  // Aligned at the end, as it is broadcast.
  const auto ahead = output_dims().size() - std::min(dims.size(), output_dims().size());
  const auto axis = output_axis_ >= ahead ? output_axis_ - ahead : 0;
  Layer layer;
  layer.kind = LayerKind::constant;
  layer.name = layer_name(0) + "/constant";
  layer.parameters = floats(input);
  layer.input = layer.output = shape_of(dims, axis);
  layer.input_stride = layer.output_stride = stride_of(dims, axis);
  return add_step(std::move(layer));
}

void NodeImport::pass() {
  const auto& input = value(0);
  if (elements_of(input.dims) != elements_of(output_dims())) {
    throw NodeError("a shape that does not fit");
  }
  if (input.dims != output_dims()) output_axis_ = 1;
  // The rows of a dense layer that are now called channels: nothing may fold across.
  const bool moved = output_axis_ != input_axis_ && rows_of(input.dims) > 1;
  if (moved && network_.layers[input.layer].kind != LayerKind::rearrange) {
    return add(layer(LayerKind::rearrange));
  }
  results_.at(0) = input;
  results_[0].dims = output_dims();
  results_[0].channel_axis = output_axis_;
}

}  // namespace dwmtj
