// SPDX-License-Identifier: Apache-2.0
// Constants that become the weights of layers with them.
#pragma once

#include "networks/onnx_values.h"

namespace dwmtj {

using WeightValues = std::shared_ptr<const std::vector<float>>;

// An input that must be a constant of floats; a network without values has none, but knows how
// many.
[[nodiscard]] const OnnxTensor& float_weights(const NodeImport& node, std::size_t input = 1);
// None, or one an output.
[[nodiscard]] std::vector<float> bias_of(const NodeImport& node, std::size_t input,
                                         std::int64_t outputs);
[[nodiscard]] WeightValues transposed(const WeightValues& values, std::int64_t rows,
                                      std::int64_t columns);
// A dense layer along `axis` of computed input `input`, whose output has its results at `to`.
void add_dense(NodeImport& node, std::size_t input, std::size_t axis, std::size_t to,
               WeightMatrix weights);

}  // namespace dwmtj
