// SPDX-License-Identifier: Apache-2.0
#include "networks/operators/resizing.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace dwmtj {
namespace {

constexpr std::int64_t kMostValues = std::int64_t{1} << 24;

// Where an output is along an axis of the input.
class Coordinates {
 public:
  Coordinates(const NodeImport& node)
      : mode_(node.node().get<std::string>(
            "coordinate_transformation_mode",
            node.node().op == "Upsample" ? "asymmetric" : "half_pixel")) {
    if (mode_ != "half_pixel" && mode_ != "pytorch_half_pixel" && mode_ != "asymmetric" &&
        mode_ != "align_corners") {
      throw NodeError("coordinate_transformation_mode '" + mode_ + "'");
    }
  }
  [[nodiscard]] double of(std::int64_t place, std::int64_t input, std::int64_t output) const {
    const double scale = static_cast<double>(output) / static_cast<double>(input);
    const auto x = static_cast<double>(place);
    if (mode_ == "asymmetric") return x / scale;
    if (mode_ == "align_corners") {
      return output > 1 ? x * static_cast<double>(input - 1) / static_cast<double>(output - 1)
                        : 0.0;
    }
    if (mode_ == "pytorch_half_pixel" && output == 1) return 0.0;
    return (x + 0.5) / scale - 0.5;
  }

 private:
  std::string mode_;
};

double rounded(double x, const std::string& mode) {
  if (mode == "floor") return std::floor(x);
  if (mode == "ceil") return std::ceil(x);
  if (mode == "round_prefer_ceil") return std::floor(x + 0.5);
  return std::ceil(x - 0.5);  // round_prefer_floor
}

// One input along an axis, and its share.
struct Tap {
  std::int64_t place;
  float share;
};
using Taps = std::vector<std::vector<Tap>>;  // by output; as many of each

Taps taps_along(const NodeImport& node, std::int64_t input, std::int64_t output, bool linear) {
  const Coordinates coordinates(node);
  const auto mode = node.node().get<std::string>(
      "nearest_mode", node.node().op == "Upsample" ? "floor" : "round_prefer_floor");
  const auto inside = [&](double x) {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(x), 0, input - 1);
  };
  Taps taps;
  for (std::int64_t i = 0; i < output; ++i) {
    const double x = coordinates.of(i, input, output);
    if (!linear) {
      taps.push_back({{inside(rounded(x, mode)), 1.0F}});
    } else {
      const double low = std::floor(x);
      const auto share = static_cast<float>(x - low);
      taps.push_back({{inside(low), 1.0F - share}, {inside(low + 1), share}});
    }
  }
  return taps;
}

// Sources and shares of every combination of a tap in each direction.
void add_taps(Layer& layer, const Taps& rows, const Taps& columns) {
  const auto width = layer.input.width;
  const auto image = layer.input.positions();
  for (std::size_t r = 0; r < rows[0].size(); ++r) {
    for (std::size_t c = 0; c < columns[0].size(); ++c) {
      auto sources = std::make_shared<std::vector<std::int32_t>>();
      auto shares = std::make_shared<std::vector<float>>();
      for (std::int64_t channel = 0; channel < layer.output.channels; ++channel) {
        for (const auto& row : rows) {
          for (const auto& column : columns) {
            sources->push_back(static_cast<std::int32_t>(channel * image + row[r].place * width +
                                                         column[c].place));
            shares->push_back(row[r].share * column[c].share);
          }
        }
      }
      layer.sources.push_back(std::move(sources));
      layer.shares.push_back(std::move(shares));
    }
  }
}

}  // namespace

IndexMap spread_values(const TensorShape& input, const TensorShape& output, const Extent& steps,
                       const Extent& first) {
  if (output.elements() > kMostValues) return nullptr;
  auto map = std::make_shared<std::vector<std::int32_t>>(
      static_cast<std::size_t>(output.elements()), kPadding);
  std::int32_t value = 0;
  for (std::int64_t c = 0; c < input.channels; ++c) {
    for (std::int64_t y = 0; y < input.height; ++y) {
      for (std::int64_t x = 0; x < input.width; ++x, ++value) {
        const auto row = first.height + y * steps.height;
        const auto column = first.width + x * steps.width;
        const auto place = (c * output.height + row) * output.width + column;
        (*map)[static_cast<std::size_t>(place)] = value;
      }
    }
  }
  return map;
}

void import_resize(NodeImport& node) {
  node.set_channel_axis(1, 1);
  const auto rank = node.value(0).dims.size();
  if (rank != 3 && rank != 4) throw NodeError("expected an image of 3 or 4 axes");
  const auto mode = node.node().get<std::string>("mode", "nearest");
  if (mode != "nearest" && mode != "linear") throw NodeError("mode '" + mode + "'");
  const bool linear = mode == "linear";
  auto layer = node.layer(linear ? LayerKind::resample : LayerKind::rearrange);
  if (layer.input.channels != layer.output.channels) throw NodeError("resizes the channels");
  if (node.value(0).dims == node.output_dims()) return node.pass();
  const auto rows = taps_along(node, layer.input.height, layer.output.height, linear && rank == 4);
  const auto columns = taps_along(node, layer.input.width, layer.output.width, linear);
  if (layer.output.elements() > kMostValues) {
    layer.sources = {nullptr};
  } else {
    add_taps(layer, rows, columns);
    if (!linear) layer.shares.clear();
  }
  node.add(std::move(layer));
}

}  // namespace dwmtj
