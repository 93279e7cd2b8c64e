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
  std::int64_t depth = 1;  // of a volume; positions go through it plane by plane

  [[nodiscard]] std::int64_t positions() const { return depth * height * width; }
  [[nodiscard]] std::int64_t elements() const { return channels * positions(); }
};
inline bool operator==(const TensorShape& a, const TensorShape& b) {
  return a.channels == b.channels && a.height == b.height && a.width == b.width &&
         a.depth == b.depth;
}
inline bool operator!=(const TensorShape& a, const TensorShape& b) { return !(a == b); }

struct Extent {
  std::int64_t height = 1;
  std::int64_t width = 1;
  std::int64_t depth = 1;
};

// What slides over the image in convolutions and pools.
struct Window {
  Extent kernel;
  Extent stride;
  Extent dilation;
  Extent pad_before{0, 0, 0};  // top, left, front
  Extent pad_after{0, 0, 0};   // bottom, right, back
};

// An axis of an output as it lies in memory.
struct AxisExtent {
  std::int64_t size = 1;
  std::int64_t stride = 1;
};

using IndexMap = std::shared_ptr<const std::vector<std::int32_t>>;
inline constexpr std::int32_t kPadding = -1;  // in an IndexMap: no value, but a constant

// A product of two computed matrices, or of as many pairs as `batch`; each lies row by row. An
// operand that is there once belongs to every pair.
struct MatrixProduct {
  std::int64_t batch = 1;
  std::int64_t rows = 1;     // of the first operand
  std::int64_t inner = 1;    // its columns, the second's rows
  std::int64_t columns = 1;  // of the second
  bool first_once = false;
  bool second_once = false;
};

enum class RecurrentCell { lstm, gru, simple };  // gates as ONNX has them: iofc, zrh, one

// A cell that steps through the positions. Its weights are the gates one after another, in a row
// those of the input, then those of the state; all states begin at zero.
struct Recurrence {
  RecurrentCell cell = RecurrentCell::lstm;
  bool reverse = false;              // from the last position to the first
  bool linear_before_reset = false;  // of a GRU: its state is weighted before the reset gate
  std::vector<float> state_bias;     // beside the weights' own bias: a value a gate, or none
};

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
  reciprocal,
  quantise  // to scale x (q - zero point), q whole from low to high: those four
};
inline constexpr std::size_t kActivations = static_cast<std::size_t>(Activation::quantise) + 1;

[[nodiscard]] const char* name_of(Activation function);

}  // namespace dwmtj
