// SPDX-License-Identifier: Apache-2.0
// What describes a layer besides its weights: shapes, windows, activation functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace dwmtj {

struct TensorShape {
  std::int64_t channels = 1;
  std::int64_t height = 1;  // 1 for vectors and for one-dimensional layers
  std::int64_t width = 1;

  [[nodiscard]] std::int64_t positions() const { return height * width; }
  [[nodiscard]] std::int64_t elements() const { return channels * positions(); }
};
inline bool operator==(const TensorShape& a, const TensorShape& b) {
  return a.channels == b.channels && a.height == b.height && a.width == b.width;
}
inline bool operator!=(const TensorShape& a, const TensorShape& b) { return !(a == b); }

struct Extent {
  std::int64_t height = 1;
  std::int64_t width = 1;
};

// What slides over the image in convolutions and pools.
struct Window {
  Extent kernel;
  Extent stride;
  Extent dilation;
  Extent pad_before{0, 0};  // top, left
  Extent pad_after{0, 0};   // bottom, right
};

// An axis of an output as it lies in memory.
struct AxisExtent {
  std::int64_t size = 1;
  std::int64_t stride = 1;
};

using IndexMap = std::shared_ptr<const std::vector<std::int32_t>>;
inline constexpr std::int32_t kPadding = -1;  // in an IndexMap: no value, but a constant

enum class Activation {
  relu,
  leaky_relu,  // slope below zero: one, or one a channel
  clip,        // low, high
  sign,
  sigmoid,
  tanh,
  hard_sigmoid,  // max(0, min(1, parameters[0] x + parameters[1]))
  hard_swish,
  elu,  // alpha
  selu,
  celu,  // alpha
  softplus,
  softsign,
  erf,
  abs,
  negate,
  exponential,
  logarithm,
  square_root,
  reciprocal
};
inline constexpr std::size_t kActivations = static_cast<std::size_t>(Activation::reciprocal) + 1;

[[nodiscard]] const char* name_of(Activation function);

}  // namespace dwmtj
