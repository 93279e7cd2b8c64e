// SPDX-License-Identifier: Apache-2.0
// The operators that become layers.
#pragma once

#include "networks/onnx_values.h"

namespace dwmtj {

// Null when the operator is not supported. The import adds layers, or throws NodeError.
using OperatorImport = void (*)(NodeImport&);
[[nodiscard]] OperatorImport operator_import(const std::string& op);

}  // namespace dwmtj
