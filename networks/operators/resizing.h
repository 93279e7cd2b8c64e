// SPDX-License-Identifier: Apache-2.0
// Images that become larger or smaller.
#pragma once

#include "networks/onnx_values.h"

namespace dwmtj {

void import_resize(NodeImport& node);

// By place of an output, channels first: the input's value, `steps` apart and `first` from the
// edge; kPadding in between. Null: too many.
[[nodiscard]] IndexMap spread_values(const TensorShape& input, const TensorShape& output,
                                     const Extent& steps, const Extent& first);

}  // namespace dwmtj
