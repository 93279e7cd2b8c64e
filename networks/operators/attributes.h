// SPDX-License-Identifier: Apache-2.0
// Numbers that one opset has as an attribute and another as an input.
#pragma once

#include <limits>

#include "networks/onnx_values.h"

namespace dwmtj {

inline constexpr float kLargest = std::numeric_limits<float>::max();  // of a limit: none

// One value: the input, or the attribute where there is none.
[[nodiscard]] float limit_of(const NodeImport& node, std::size_t input, const char* attribute,
                             float otherwise);
// Of a Pad, for all axes of its input.
[[nodiscard]] Dims pads_of(const NodeImport& node);
// Axes of the first input, counted from 0; all of them where none is given.
[[nodiscard]] Dims axes_of(const NodeImport& node, std::size_t input);

}  // namespace dwmtj
