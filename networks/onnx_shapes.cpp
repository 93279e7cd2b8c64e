// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_shapes.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "networks/onnx_constants.h"

namespace dwmtj {
namespace {

using NodeInputs = std::vector<const OnnxValue*>;

bool is_given(const NodeInputs& inputs, std::size_t i) {
  return i < inputs.size() && inputs[i] != nullptr;
}

const Dims& dims_of(const NodeInputs& inputs, std::size_t i) {
  if (!is_given(inputs, i)) throw NodeError(fmt::format("input {} is missing", i));
  return inputs[i]->dims;
}

const OnnxTensor& constant_input(const NodeInputs& inputs, std::size_t i) {
  if (!is_given(inputs, i) || inputs[i]->kind != OnnxValue::Kind::constant) {
    throw NodeError(fmt::format("input {}: expected a constant", i));
  }
  return inputs[i]->constant;
}

std::vector<Dims> like_input(const OnnxNode&, const NodeInputs& inputs) {
  return {dims_of(inputs, 0)};
}

// Since opset 18 the axes are an input.
std::vector<Dims> reduced(const OnnxNode& node, const NodeInputs& inputs) {
  auto dims = dims_of(inputs, 0);
  Dims axes = is_given(inputs, 1) ? constant_input(inputs, 1).integers : node.get<Dims>("axes", {});
  if (axes.empty() && node.get<std::int64_t>("noop_with_empty_axes", 0) != 0) return {dims};
  std::vector<bool> gone(dims.size(), axes.empty());
  for (const auto axis : axes) gone[axis_of(axis, dims.size())] = true;
  const bool keep = node.get<std::int64_t>("keepdims", 1) != 0;
  Dims result;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (!gone[i]) result.push_back(dims[i]);
    if (gone[i] && keep) result.push_back(1);
  }
  return {result};
}

// Into parts of the sizes given, or as equal as can be.
std::vector<Dims> split(const OnnxNode& node, const NodeInputs& inputs) {
  const auto& dims = dims_of(inputs, 0);
  const auto axis = axis_of(node.get<std::int64_t>("axis", 0), dims.size());
  const auto parts = static_cast<std::int64_t>(node.outputs.size());
  Dims sizes;
  if (is_given(inputs, 1)) {
    sizes = constant_input(inputs, 1).integers;
  } else {
    const auto size = (dims[axis] + parts - 1) / parts;
    for (std::int64_t i = 0; i < parts; ++i) {
      sizes.push_back(std::clamp<std::int64_t>(dims[axis] - i * size, 0, size));
    }
  }
  std::int64_t sum = 0;
  for (const auto size : sizes) sum += size < 0 ? dims[axis] + 1 : size;
  if (static_cast<std::int64_t>(sizes.size()) != parts || sum != dims[axis]) {
    throw NodeError("parts that do not add up");
  }
  std::vector<Dims> results;
  for (const auto size : sizes) {
    results.push_back(dims);
    results.back()[axis] = size;
  }
  return results;
}

std::vector<Dims> padded(const OnnxNode&, const NodeInputs& inputs) {
  auto dims = dims_of(inputs, 0);
  const auto& pads = constant_input(inputs, 1).integers;
  Dims axes;
  if (is_given(inputs, 3)) axes = constant_input(inputs, 3).integers;
  for (std::size_t i = 0; !is_given(inputs, 3) && i < dims.size(); ++i) {
    axes.push_back(static_cast<std::int64_t>(i));
  }
  if (pads.size() != 2 * axes.size()) throw NodeError("pads: expected two an axis");
  for (std::size_t i = 0; i < axes.size(); ++i) {
    auto& size = dims[axis_of(axes[i], dims.size())];
    for (const auto pad : {pads[i], pads[axes.size() + i]}) {
      if (pad < -kMostElements || pad > kMostElements) throw NodeError("pads: absurd numbers");
      size += pad;
    }
  }
  return {dims};
}

// By sizes, or by scales: output = floor(input x scale).
std::vector<Dims> resized(const OnnxNode& node, const NodeInputs& inputs) {
  auto dims = dims_of(inputs, 0);
  if (node.get<std::string>("keep_aspect_ratio_policy", "stretch") != "stretch") {
    throw NodeError("keep_aspect_ratio_policy");
  }
  Dims axes = node.get<Dims>("axes", {});
  for (std::size_t i = 0; axes.empty() && i < dims.size(); ++i) {
    for (std::size_t j = 0; j < dims.size(); ++j) axes.push_back(static_cast<std::int64_t>(j));
  }
  const bool by_sizes = is_given(inputs, 3) && constant_input(inputs, 3).size() > 0;
  const std::size_t at = by_sizes ? 3 : node.opset < 11 ? 1 : 2;
  const bool by_attribute = node.has("scales");
  const auto scales =
      by_attribute ? node.get<std::vector<float>>("scales", {}) : std::vector<float>{};
  const auto count =
      by_attribute ? static_cast<std::int64_t>(scales.size()) : constant_input(inputs, at).size();
  if (count != static_cast<std::int64_t>(axes.size())) throw NodeError("expected a scale an axis");
  for (std::size_t i = 0; i < axes.size(); ++i) {
    auto& size = dims[axis_of(axes[i], dims.size())];
    if (by_sizes) {
      size = constant_input(inputs, 3).integers.at(i);
      continue;
    }
    if (!by_attribute && !constant_input(inputs, at).is_float()) throw NodeError("expected scales");
    const float scale = by_attribute ? scales[i] : (*constant_input(inputs, at).floats)[i];
    if (!(scale > 0.0F && scale < 1e6F)) throw NodeError(fmt::format("a scale of {}", scale));
    size = static_cast<std::int64_t>(std::floor(static_cast<float>(size) * scale));
  }
  return {dims};
}

std::vector<Dims> einsum(const OnnxNode& node, const NodeInputs& inputs) {
  auto text = node.get<std::string>("equation", "");
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  const auto arrow = text.find("->");
  const auto comma = text.find(',');
  if (arrow == std::string::npos || comma == std::string::npos || inputs.size() != 2) {
    throw NodeError(fmt::format("equation '{}': expected two operands and an output", text));
  }
  const auto letters = text.substr(0, comma) + text.substr(comma + 1, arrow - comma - 1);
  Dims sizes = dims_of(inputs, 0);
  sizes.insert(sizes.end(), dims_of(inputs, 1).begin(), dims_of(inputs, 1).end());
  if (letters.size() != sizes.size() || comma != dims_of(inputs, 0).size()) {
    throw NodeError(fmt::format("equation '{}': letters that do not fit", text));
  }
  Dims result;
  for (const char letter : text.substr(arrow + 2)) {
    const auto place = letters.find(letter);
    if (place == std::string::npos) throw NodeError(fmt::format("equation '{}'", text));
    result.push_back(sizes[place]);
  }
  return {result};
}

struct Own {
  std::string op;
  int since;  // opset
  std::vector<Dims> (*shapes)(const OnnxNode&, const NodeInputs&);
};

}  // namespace

std::optional<std::vector<Dims>> own_shapes(const OnnxNode& node, const NodeInputs& inputs) {
  static const std::vector<Own> kAll = {
      {"Resize", 10, resized},    {"Upsample", 7, resized},
      {"Einsum", 12, einsum},     {"ReduceMean", 18, reduced},
      {"ReduceMax", 18, reduced}, {"ReduceSum", 18, reduced},
      {"Split", 18, split},       {"Pad", 18, padded},
      {"Gelu", 20, like_input},   {"GroupNormalization", 18, like_input}};
  for (const auto& own : kAll) {
    if (own.op == node.op && node.opset >= own.since) return own.shapes(node, inputs);
  }
  return std::nullopt;
}

}  // namespace dwmtj
