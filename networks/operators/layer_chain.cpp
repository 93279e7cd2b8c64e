// SPDX-License-Identifier: Apache-2.0
#include "networks/operators/layer_chain.h"

#include <fmt/format.h>

namespace dwmtj {

std::size_t LayerChain::add(Layer layer, const std::string& what) {
  layer.name = fmt::format("{}/{}{}", layer.name, what, added_++);
  const Left left{layer.output, layer.output_stride};
  const auto added = node_.add_step(std::move(layer));
  left_[added] = left;
  return added;
}

Layer LayerChain::of_one(LayerKind kind, std::size_t of) const {
  auto layer = node_.step(kind, {of});
  const auto left = left_.find(of);
  if (left == left_.end()) return layer;  // as the node sees it
  layer.input = layer.output = left->second.shape;
  layer.input_stride = layer.output_stride = left->second.stride;
  return layer;
}

std::size_t LayerChain::function(std::size_t of, Activation function,
                                 std::vector<float> parameters) {
  auto layer = of_one(LayerKind::activation, of);
  layer.function = function;
  layer.parameters = std::move(parameters);
  return add(std::move(layer), name_of(function));
}

std::size_t LayerChain::scale(std::size_t of, std::vector<float> factor,
                              std::vector<float> offset) {
  auto layer = of_one(LayerKind::scale, of);
  layer.factor = std::move(factor);
  layer.offset = std::move(offset);
  return add(std::move(layer), "scale");
}

std::size_t LayerChain::combine(LayerKind kind, std::size_t a, std::size_t b,
                                const AxisExtent* along) {
  auto layer = node_.step(kind, {a, b});
  layer.sources = {nullptr,
                   along == nullptr ? nullptr : spread_along(*along, layer.output.elements())};
  return add(std::move(layer), name_of(kind));
}

std::size_t LayerChain::mean(std::size_t of, AxisExtent axis) {
  auto layer = node_.step(LayerKind::mean, {of});
  layer.axis = axis;
  const bool of_channels = axis.stride == layer.output_stride && axis.size == layer.output.channels;
  const auto means = layer.output.elements() / axis.size;
  if (of_channels) {
    layer.output.channels = 1;
  } else if (means % layer.output.channels == 0) {
    layer.output = {layer.output.channels, 1, means / layer.output.channels};
  } else {  // of several channels each
    layer.output = {means, 1, 1};
  }
  layer.output_stride = of_channels ? 1 : layer.output.positions();
  return add(std::move(layer), "mean");
}

std::size_t LayerChain::standardised(std::size_t of, AxisExtent axis, float epsilon) {
  const auto centred = combine(LayerKind::subtract, of, mean(of, axis), &axis);
  const auto variance = mean(combine(LayerKind::multiply, centred, centred), axis);
  const auto deviation = function(scale(variance, 1.0F, epsilon), Activation::square_root);
  return combine(LayerKind::multiply, centred, function(deviation, Activation::reciprocal), &axis);
}

IndexMap spread_along(AxisExtent axis, std::int64_t elements) {
  auto map = std::make_shared<std::vector<std::int32_t>>();
  map->reserve(static_cast<std::size_t>(elements));
  for (std::int64_t i = 0; i < elements; ++i) {
    map->push_back(
        static_cast<std::int32_t>(i / (axis.size * axis.stride) * axis.stride + i % axis.stride));
  }
  return map;
}

}  // namespace dwmtj
