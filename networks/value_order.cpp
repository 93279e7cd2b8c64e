// SPDX-License-Identifier: Apache-2.0
#include "networks/value_order.h"

#include <algorithm>
#include <numeric>

#include "networks/onnx_constants.h"
#include "networks/operators/attributes.h"

namespace dwmtj {
namespace {

std::int64_t elements_between(const Dims& dims, std::size_t first, std::size_t last) {
  std::int64_t result = 1;
  for (std::size_t i = first; i < last; ++i) result *= dims[i];
  return result;
}

// The values 0, 1, 2, ... in the shape of the node's computed input.
OnnxTensor places_of(const Dims& dims) {
  OnnxTensor places{dims, nullptr, Dims(static_cast<std::size_t>(elements_of(dims)))};
  std::iota(places.integers.begin(), places.integers.end(), 0);
  return places;
}

// The node evaluated on places instead of values.
Dims evaluated(const NodeImport& node, std::size_t output) {
  const auto places = places_of(node.value(0).dims);
  std::vector<const OnnxTensor*> inputs = {&places};
  for (std::size_t i = 1; i < node.inputs(); ++i) {
    inputs.push_back(node.has(i) ? &node.constant(i) : nullptr);
  }
  return evaluate(node.node(), inputs, node.output_dims(output)).integers;
}

Dims split(const NodeImport& node, std::size_t output) {
  const auto& dims = node.value(0).dims;
  const auto& part = node.output_dims(output);
  const auto axis = axis_of(node.node().get<std::int64_t>("axis", 0), dims.size());
  std::int64_t start = 0;
  for (std::size_t i = 0; i < output; ++i) start += node.output_dims(i).at(axis);
  const auto inner = elements_between(dims, axis + 1, dims.size());
  const auto block = part.at(axis) * inner;
  Dims places;
  for (std::int64_t outer = 0; outer < elements_between(dims, 0, axis); ++outer) {
    for (std::int64_t i = 0; i < block; ++i) {
      places.push_back((outer * dims[axis] + start) * inner + i);
    }
  }
  return places;
}

// The place along an axis of `size`, or kPadding.
std::int64_t padded_place(std::int64_t place, std::int64_t size, const std::string& mode) {
  if (place >= 0 && place < size) return place;
  if (mode == "edge") return std::clamp<std::int64_t>(place, 0, size - 1);
  if (mode == "reflect") {
    const auto mirrored = place < 0 ? -place : 2 * (size - 1) - place;
    if (mirrored >= 0 && mirrored < size) return mirrored;
    throw NodeError("pads: a reflection of more than there is");
  }
  return kPadding;
}

Dims padded(const NodeImport& node) {
  const auto& from = node.value(0).dims;
  const auto& to = node.output_dims();
  const auto& attributes = node.node();
  const auto pads = pads_of(node);
  const auto mode = attributes.get<std::string>("mode", "constant");
  Dims places;
  Dims at(to.size(), 0);
  for (std::int64_t n = elements_of(to); n > 0; --n) {
    std::int64_t place = 0;
    for (std::size_t axis = 0; axis < to.size() && place != kPadding; ++axis) {
      const auto own = padded_place(at[axis] - pads[axis], from[axis], mode);
      place = own == kPadding ? kPadding : place * from[axis] + own;
    }
    places.push_back(place);
    for (std::size_t axis = to.size(); axis-- > 0 && ++at[axis] == to[axis];) at[axis] = 0;
  }
  return places;
}

Dims places_in_input(const NodeImport& node, std::size_t output) {
  const auto& op = node.node().op;
  if (op == "Split") return split(node, output);
  if (op == "Expand") return broadcast(node.value(0).dims, node.output_dims());
  if (op == "Pad") return padded(node);
  return evaluated(node, output);
}

// Of the first image. Null when it takes values of another.
IndexMap of_one_image(const Dims& places, std::int64_t outputs, std::int64_t inputs) {
  auto map = std::make_shared<std::vector<std::int32_t>>();
  for (std::int64_t i = 0; i < outputs; ++i) {
    const auto place = places.at(static_cast<std::size_t>(i));
    if (place >= inputs) return nullptr;
    map->push_back(static_cast<std::int32_t>(place));
  }
  return map;
}

}  // namespace

IndexMap moved_values(const NodeImport& node, std::size_t output) {
  const auto& to = node.output_dims(output);
  const auto inputs = elements_of(node.value(0).dims);
  const auto outputs = elements_of(to);
  if (inputs > kMostMoved || outputs < 1 || outputs > kMostMoved) return nullptr;
  try {
    return of_one_image(places_in_input(node, output), elements_of(node.without_batch(to)),
                        elements_of(node.without_batch(node.value(0).dims)));
  } catch (const NodeError&) {
    return nullptr;  // a network without values needs none
  }
}

std::vector<IndexMap> broadcast_operands(const NodeImport& node) {
  const auto to = node.without_batch(node.output_dims());
  if (elements_of(to) > kMostMoved) return {};
  std::vector<IndexMap> maps;
  for (std::size_t i = 0; i < node.inputs(); ++i) {
    const auto& dims = node.is_constant(i) ? node.constant(i).dims : node.value(i).dims;
    const bool has_batch = dims.size() == node.output_dims().size();
    const auto from = has_batch ? node.without_batch(dims) : dims;
    const auto elements = elements_of(from);
    maps.push_back(elements == elements_of(to)
                       ? nullptr
                       : of_one_image(broadcast(from, to), elements_of(to), elements));
  }
  return maps;
}

AxisExtent axis_extent(const Dims& dims, std::size_t axis) {
  return {dims.at(axis), elements_between(dims, axis + 1, dims.size())};
}

}  // namespace dwmtj
