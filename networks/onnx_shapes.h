// SPDX-License-Identifier: Apache-2.0
// Shapes of outputs where the ONNX library does not know them: operators that are newer than it, or
// whose inputs it would have to read as floats.
#pragma once

#include <optional>
#include <vector>

#include "networks/onnx_values.h"

namespace dwmtj {

// None: the library knows. Throws NodeError.
[[nodiscard]] std::optional<std::vector<Dims>> own_shapes(
    const OnnxNode& node, const std::vector<const OnnxValue*>& inputs);

}  // namespace dwmtj
