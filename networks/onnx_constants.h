// SPDX-License-Identifier: Apache-2.0
// Nodes whose result is known at import: Constant, Shape, and what computes with them. Exporters
// leave chains of these where a program asks for a shape.
#pragma once

#include "networks/onnx_node.h"

namespace dwmtj {

[[nodiscard]] bool is_evaluable(const std::string& op);

// The node's result, whose inputs are null where they are not given and whose shape is already
// known to be `dims`. Throws NodeError.
OnnxTensor evaluate(const OnnxNode& node, const std::vector<const OnnxTensor*>& inputs,
                    const Dims& dims);

// The result of a node Constant, and of Shape for a tensor of these dims.
OnnxTensor constant_of(const OnnxNode& node);
OnnxTensor shape_of(const OnnxNode& node, const Dims& dims);

// Where each element of a tensor of `to` comes from, when one of `from` is broadcast to it.
Dims broadcast(const Dims& from, const Dims& to);

// An axis of -rank to rank - 1, as 0 to rank - 1. Throws NodeError.
std::size_t axis_of(std::int64_t axis, std::size_t rank);

}  // namespace dwmtj
