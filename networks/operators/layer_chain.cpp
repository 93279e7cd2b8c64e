// SPDX-License-Identifier: Apache-2.0
#include "networks/operators/layer_chain.h"

#include <fmt/format.h>

namespace dwmtj {

std::size_t LayerChain::add(Layer layer, const std::string& what) {
  layer.name = fmt::format("{}/{}{}", layer.name, what, added_++);
  return node_.add_step(std::move(layer));
}

std::size_t LayerChain::function(std::size_t of, Activation function,
                                 std::vector<float> parameters) {
  auto layer = node_.step(LayerKind::activation, {of});
  layer.function = function;
  layer.parameters = std::move(parameters);
  return add(std::move(layer), name_of(function));
}

std::size_t LayerChain::scale(std::size_t of, std::vector<float> factor,
                              std::vector<float> offset) {
  auto layer = node_.step(LayerKind::scale, {of});
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
  if (of_channels) {
    layer.output.channels = 1;
  } else {
    layer.output = {layer.output.channels, 1,
                    layer.output.elements() / layer.output.channels / axis.size};
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
