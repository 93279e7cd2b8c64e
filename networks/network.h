// SPDX-License-Identifier: Apache-2.0
// A network after its import: layers in topological order, each with shapes and weights. What only
// reshapes is gone; one image at a time, so shapes have no batch axis.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "networks/layer_attributes.h"
#include "networks/weight_matrix.h"

namespace dwmtj {

enum class LayerKind {
  input,
  convolution,    // weights, window, groups
  dense,          // weights; applied at each of height x width positions
  scale,          // factor and offset, of each channel or of all
  activation,     // function, parameters
  softmax,        // or its logarithm
  normalisation,  // local response, across channels
  max_pool,       // window
  average_pool,   // window, the whole image for a global one; sums divided by their terms
  add,
  subtract,
  multiply,   // two inputs; the second may be one value a channel, as in squeeze-and-excitation
  concat,     // along the channels, if the shapes do not say otherwise
  mean,       // over `axis`; ReduceSum too, with a scale behind it
  product,    // of two computed matrices
  recurrent,  // weights, recurrence
  resample,   // `sources` and `shares`: interpolation
  constant,   // no inputs; its values are the parameters
  rearrange   // slice, split, transpose, channel shuffle, pad: values moved, none computed
};
inline constexpr std::size_t kLayerKinds = static_cast<std::size_t>(LayerKind::rearrange) + 1;

[[nodiscard]] const char* name_of(LayerKind kind);

struct Layer {
  std::string name;  // unique; the node's, or its first output's where the node has none
  LayerKind kind = LayerKind::input;
  std::vector<std::size_t> inputs;  // earlier layers
  TensorShape input;                // of the first input, as this layer sees it
  TensorShape output;
  Window window;
  std::int64_t groups = 1;
  WeightMatrix weights;  // empty but for convolution and dense
  Activation function = Activation::relu;
  std::vector<float> parameters;  // of the function, see Activation; of others, see below
  std::vector<float> factor;      // of a scale: one value, or one a channel
  std::vector<float> offset;      // as many as factor

  // For who computes values. They lie in the order of the file, one image.
  std::int64_t input_stride = 1;   // between neighbouring channels of `input`
  std::int64_t output_stride = 1;  // and of `output`
  AxisExtent axis;                 // that a softmax sums over, or a concat joins along
  bool logarithm = false;          // of a softmax
  bool counts_padding = false;     // average pool: zeros around the image are terms of the mean
  // Rearrange: where each value of the output comes from; none: in the same order; null: not known.
  // Parameters: what kPadding stands for, 0 if none. Add, subtract, multiply: the same of each
  // operand, null where it has all values in order; none: not known. Normalisation: size, alpha,
  // beta, bias.
  std::vector<IndexMap> sources;
  // Resample: a value is the sum of those of all `sources`, each times its share.
  std::vector<std::shared_ptr<const std::vector<float>>> shares;
  MatrixProduct product;
  Recurrence recurrence;

  [[nodiscard]] bool has_weights() const { return weights.outputs > 0; }
  // Matrix-vector products a layer with weights asks for: its output positions. 0 without weights.
  [[nodiscard]] std::int64_t windows() const;
  // Multiplications with a weight, those with padding included, or of two matrices.
  [[nodiscard]] std::int64_t macs() const;
};

struct Network {
  std::string name;
  std::vector<Layer> layers;
  std::vector<std::size_t> outputs;
  bool has_values = true;  // false: the file has the shapes of weights alone; these are zeros here

  [[nodiscard]] std::int64_t weights() const;  // without biases; shared ones once a layer
  [[nodiscard]] std::int64_t macs() const;     // of one image
};

}  // namespace dwmtj
