// SPDX-License-Identifier: Apache-2.0
// The operators that become layers: networks/operators/ has one file for each kind.
#pragma once

#include "networks/operators/operator_table.h"

namespace dwmtj {

// Null when the operator is not supported.
[[nodiscard]] OperatorImport operator_import(const std::string& op);

}  // namespace dwmtj
