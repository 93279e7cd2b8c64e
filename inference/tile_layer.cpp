// SPDX-License-Identifier: Apache-2.0
#include "inference/tile_layer.h"

#include <algorithm>
#include <cmath>

#include "common/index.h"

namespace dwmtj {
namespace {

constexpr int kMultiplierBits = 30;

// A sum of n bits is q where it lies between q and q + 1 steps of its reference: in half steps,
// 2 q + 1. A sign is that already.
std::int32_t half_steps(std::int16_t result, int bits) {
  return bits == 1 ? result : 2 * result + 1;
}

// The place of a window's term along an axis; below 0 or beyond the image: padding.
std::int64_t along(std::int64_t output, std::int64_t kernel, std::int64_t stride,
                   std::int64_t dilation, std::int64_t pad) {
  return output * stride + kernel * dilation - pad;
}

}  // namespace

WholeFactor::WholeFactor(double factor) {
  if (!(factor > 0)) return;
  int exponent = 0;
  std::frexp(factor, &exponent);  // factor < 2^exponent
  shift_ = std::clamp(kMultiplierBits - exponent, 0, 62);
  multiplier_ = static_cast<std::int32_t>(
      std::min(std::nearbyint(std::ldexp(factor, shift_)), std::ldexp(1.0, kMultiplierBits)));
}

TileLayer::TileLayer(const Layer& layer, const MappedWeights& weights, const LevelSet& levels,
                     const Tiling& tiling, const TileParameters& tile,
                     const TileLayerOptions& options)
    : layer_(layer),
      options_(options),
      tiling_(tiling),
      lowest_(static_cast<std::int16_t>(levels.device_level(0))),
      windows_(layer.windows()) {
  for (std::int64_t i = 0; i < tiling.arrays(); ++i) blocks_.push_back(tiling.block(i));
  for (const auto level : weights.levels) {
    const int of_device = levels.device_level(std::abs(level));
    levels_.push_back(static_cast<std::int16_t>(level < 0 ? -of_device : of_device));
  }
  const bool is_signed = options.range.has_signed_input();
  if (!options.takes_signs) planes_ = options.reading.input_bits - (is_signed ? 1 : 0);
  largest_code_ = (std::int32_t{1} << planes_) - 1;
  least_code_ = is_signed || options.takes_signs ? -largest_code_ : 0;
  scale(weights, levels, tile);
  for (const auto bias : layer.weights.bias) bias_.push_back(to_fixed(bias).raw);
  bias_.resize(index(layer.weights.outputs), 0);
  locate_inputs();
}

// From the units of the network to codes, and from half steps of a column's reference back.
void TileLayer::scale(const MappedWeights& weights, const LevelSet& levels,
                      const TileParameters& tile) {
  const auto& range = options_.range;
  const double largest = std::max(std::abs(range.input_low), std::abs(range.input_high));
  const double codes = options_.takes_signs || largest <= 0 ? 1.0 : largest_code_ / largest;
  to_code_ = WholeFactor(codes * Fixed::kStep);
  double value = range.sum_high / largest_code_;  // of a sign: all that is known of its sum
  if (options_.reading.result_bits > 1) {
    const double siemens =
        in_si(tile.sum_reference.lsb(options_.reading.result_bits)) / in_si(tile.read.voltage);
    value = siemens / 2 * weights.limit / levels.range() / codes;
  }
  to_value_ = WholeFactor(value / Fixed::kStep);
}

void TileLayer::locate_inputs() {
  places_.resize(index(windows_ * tiling_.groups * tiling_.rows));
  std::size_t i = 0;
  for (std::int64_t window = 0; window < windows_; ++window) {
    for (std::int64_t group = 0; group < tiling_.groups; ++group) {
      for (std::int64_t row = 0; row < tiling_.rows; ++row) {
        places_[i++] = place_of(window, group, row);
      }
    }
  }
}

// A row is a channel of the group and a place in the kernel; a dense layer has but channels.
std::int32_t TileLayer::place_of(std::int64_t window, std::int64_t group, std::int64_t row) const {
  const auto& in = layer_.input;
  if (layer_.kind == LayerKind::dense) {
    return static_cast<std::int32_t>(window * in.channels + group * tiling_.rows + row);
  }
  const auto& w = layer_.window;
  const auto& out = layer_.output;
  const auto kernel = w.kernel.depth * w.kernel.height * w.kernel.width;
  const auto channel = group * (tiling_.rows / kernel) + row / kernel;
  const auto k = row % kernel;
  const auto x = along(window % out.width, k % w.kernel.width, w.stride.width, w.dilation.width,
                       w.pad_before.width);
  const auto y = along(window / out.width % out.height, k / w.kernel.width % w.kernel.height,
                       w.stride.height, w.dilation.height, w.pad_before.height);
  const auto z = along(window / out.width / out.height, k / w.kernel.width / w.kernel.height,
                       w.stride.depth, w.dilation.depth, w.pad_before.depth);
  const bool inside = x >= 0 && x < in.width && y >= 0 && y < in.height && z >= 0 && z < in.depth;
  if (!inside) return kPadding;
  return static_cast<std::int32_t>(((z * in.height + y) * in.width + x) * in.channels + channel);
}

int TileLayer::rows_of(std::size_t block) const {
  return static_cast<int>(blocks_[block].groups * blocks_[block].rows);
}

int TileLayer::columns_of(std::size_t block) const {
  return static_cast<int>(blocks_[block].groups * blocks_[block].columns);
}

ColumnPlacement TileLayer::placement(std::size_t block) const {
  return {columns_of(block), options_.spare_columns > 0 ? options_.columns : columns_of(block)};
}

std::vector<TileCommand> TileLayer::programs(std::size_t number,
                                             const std::vector<int>& places) const {
  const auto& block = blocks_[number];
  std::vector<TileCommand> commands;
  for (std::int64_t g = 0; g < block.groups; ++g) {
    for (std::int64_t r = 0; r < block.rows; ++r) {
      for (const Side side : {Side::plus, Side::minus}) {
        TileCommand command{TileOp::program, static_cast<std::uint32_t>(g * block.rows + r), side,
                            std::vector<std::int16_t>(index(options_.columns), kSkip)};
        for (std::int64_t c = 0; c < block.columns; ++c) {
          const int place = places[index(g * block.columns + c)];
          if (place == kNoColumn) continue;
          const auto output = (block.first_group + g) * tiling_.columns + block.first_column + c;
          const int level = levels_[index(output * tiling_.rows + block.first_row + r)];
          const int here = side == Side::plus ? level : -level;
          command.data[index(place)] = here > 0 ? static_cast<std::int16_t>(here) : lowest_;
        }
        commands.push_back(std::move(command));
      }
    }
  }
  return commands;
}

void TileLayer::quantise(const Fixed* in, std::int16_t* codes) const {
  const auto count = inputs();
  if (options_.takes_signs) {
    for (std::int64_t i = 0; i < count; ++i) {
      codes[i] = static_cast<std::int16_t>(in[i].raw > 0 ? 1 : in[i].raw < 0 ? -1 : 0);
    }
    return;
  }
  for (std::int64_t i = 0; i < count; ++i) {
    codes[i] = static_cast<std::int16_t>(
        std::clamp<std::int64_t>(to_code_.times(in[i].raw), least_code_, largest_code_));
  }
}

void TileLayer::command(std::size_t number, std::int64_t window, int plane,
                        const std::int16_t* codes, TileCommand& command) const {
  const auto& block = blocks_[number];
  command.op = TileOp::multiply;
  command.row = 0;  // of all rows: whatever `command` was before
  command.side = Side::plus;
  command.bits = static_cast<std::uint8_t>(options_.reading.result_bits);
  command.data.assign(index(options_.rows), 0);
  auto* to = command.data.data();
  for (std::int64_t g = 0; g < block.groups; ++g) {
    const auto first = (window * tiling_.groups + block.first_group + g) * tiling_.rows;
    const auto* const places = &places_[index(first + block.first_row)];
    for (std::int64_t r = 0; r < block.rows; ++r, ++to) {
      const int code = places[r] == kPadding ? 0 : codes[places[r]];
      const int bit = (std::abs(code) >> plane) & 1;
      *to = static_cast<std::int16_t>(code < 0 ? -bit : bit);
    }
  }
}

void TileLayer::add(std::size_t number, std::int64_t window, int plane,
                    const std::vector<int>& places, const std::vector<std::int16_t>& results,
                    std::int32_t* sums) const {
  const auto& block = blocks_[number];
  auto* const of_window = sums + window * layer_.output.channels;
  for (std::int64_t g = 0; g < block.groups; ++g) {
    auto* const to = of_window + (block.first_group + g) * tiling_.columns + block.first_column;
    for (std::int64_t c = 0; c < block.columns; ++c) {
      const auto result = results[index(places[index(g * block.columns + c)])];
      to[c] += half_steps(result, options_.reading.result_bits) * (std::int32_t{1} << plane);
    }
  }
}

void TileLayer::finish(const std::int32_t* sums, Fixed* out) const {
  const auto channels = layer_.output.channels;
  for (std::int64_t i = 0; i < outputs(); ++i) {
    out[i] = saturated(to_value_.times(sums[i]) + bias_[index(i % channels)]);
  }
}

}  // namespace dwmtj
