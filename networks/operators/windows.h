// SPDX-License-Identifier: Apache-2.0
// The windows of convolutions and pools, for the operators that have one.
#pragma once

#include "networks/onnx_values.h"

namespace dwmtj {

// 1 to 3 axes of an image, after the batch and the channels; sets the channel axis. Throws
// NodeError: none, or more than `most`.
[[nodiscard]] std::size_t image_axes(NodeImport& node, std::size_t most);
// An attribute with one number an axis: `otherwise` where it is not given.
[[nodiscard]] Dims per_axis(const NodeImport& node, const char* name, std::size_t size,
                            std::int64_t otherwise);
[[nodiscard]] Window window_of(NodeImport& node, const Dims& kernel);
[[nodiscard]] Extent extent_of(const Dims& values, std::int64_t of_missing_axes = 1);

void import_convolution_of(NodeImport& node, std::size_t input, WeightMatrix weights,
                           const Dims& kernel);
void import_global_max_pool(NodeImport& node);
void import_global_average_pool(NodeImport& node);

}  // namespace dwmtj
