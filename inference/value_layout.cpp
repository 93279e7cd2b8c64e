// SPDX-License-Identifier: Apache-2.0
#include "inference/value_layout.h"

namespace dwmtj {

ValueLayout input_layout(const Layer& layer) {
  return {layer.input.channels, layer.input_stride, layer.input.elements()};
}

ValueLayout output_layout(const Layer& layer) {
  return {layer.output.channels, layer.output_stride, layer.output.elements()};
}

bool same_order(const ValueLayout& a, const ValueLayout& b) {
  if (a.is_file_order() || b.is_file_order()) return a.is_file_order() && b.is_file_order();
  return a.channels == b.channels && a.stride == b.stride;
}

Places places_in_memory(const ValueLayout& layout) {
  Places places(static_cast<std::size_t>(layout.elements));
  for (std::int64_t i = 0; i < layout.elements; ++i) {
    const auto behind = i % layout.stride;
    const auto channel = i / layout.stride % layout.channels;
    const auto before = i / layout.stride / layout.channels;
    const auto place = (before * layout.stride + behind) * layout.channels + channel;
    places[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(place);
  }
  return places;
}

}  // namespace dwmtj
