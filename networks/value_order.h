// SPDX-License-Identifier: Apache-2.0
// Where the values of a node's outputs come from, for who computes with them: what an import of
// shapes alone would not keep.
#pragma once

#include "networks/onnx_values.h"

namespace dwmtj {

inline constexpr std::int64_t kMostMoved = std::int64_t{1} << 24;  // values; more is no image

// Of a node that only moves values: for each of the output, its place in the input, both without
// the batch axis. Null when that is not known: images that mix, or too many values.
[[nodiscard]] IndexMap moved_values(const NodeImport& node, std::size_t output);

// Of a sum or product of computed tensors: for each operand, where it is broadcast.
[[nodiscard]] std::vector<IndexMap> broadcast_operands(const NodeImport& node);

// An axis of the output, without the batch axis counted from behind.
[[nodiscard]] AxisExtent axis_extent(const Dims& dims, std::size_t axis);

}  // namespace dwmtj
