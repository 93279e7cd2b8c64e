// SPDX-License-Identifier: Apache-2.0
#include "networks/operators/attributes.h"

#include <algorithm>

#include <fmt/format.h>

#include "networks/onnx_constants.h"

namespace dwmtj {

float limit_of(const NodeImport& node, std::size_t input, const char* attribute, float otherwise) {
  if (!node.has(input)) return node.node().get(attribute, otherwise);
  const auto values = node.floats(input);
  if (values.size() != 1) throw NodeError(fmt::format("input {}: expected one value", input));
  return values[0];
}

// Since opset 18 an input may name the axes that are padded.
Dims pads_of(const NodeImport& node) {
  if (!node.has(1)) return node.node().get<Dims>("pads", {});
  const auto& pads = node.constant(1).integers;
  if (!node.has(3)) return pads;
  const auto& axes = node.constant(3).integers;
  const auto rank = node.value(0).dims.size();
  if (pads.size() != 2 * axes.size()) throw NodeError("pads: expected two an axis");
  Dims all(2 * rank, 0);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto axis = axis_of(axes[i], rank);
    all[axis] = pads[i];
    all[rank + axis] = pads[axes.size() + i];
  }
  return all;
}

Dims axes_of(const NodeImport& node, std::size_t input) {
  const auto rank = node.value(0).dims.size();
  Dims axes = node.has(input) ? node.constant(input).integers : node.node().get<Dims>("axes", {});
  for (auto& axis : axes) axis = static_cast<std::int64_t>(axis_of(axis, rank));
  for (std::size_t i = 0; axes.size() < rank && axes.size() == i; ++i) {
    if (node.has(input) || node.node().has("axes")) break;
    axes.push_back(static_cast<std::int64_t>(i));
  }
  std::sort(axes.begin(), axes.end());
  return axes;
}

}  // namespace dwmtj
