// SPDX-License-Identifier: Apache-2.0
// The import of operators with weights or windows.
#pragma once

#include "networks/onnx_values.h"

namespace dwmtj {

void import_convolution(NodeImport& node);
void import_gemm(NodeImport& node);
void import_matmul(NodeImport& node);
void import_max_pool(NodeImport& node);
void import_average_pool(NodeImport& node);
void import_global_max_pool(NodeImport& node);
void import_global_average_pool(NodeImport& node);

}  // namespace dwmtj
