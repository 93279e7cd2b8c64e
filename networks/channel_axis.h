// SPDX-License-Identifier: Apache-2.0
// Which axis of an input is that of its channels: the file does not say, its first use does.
#pragma once

#include <string>
#include <vector>

#include "networks/onnx_node.h"

namespace dwmtj {

// 1 for images as convolutions take them, the last one for rows of a dense layer and for what a
// transpose turns into such an image.
[[nodiscard]] std::size_t channel_axis_for(const std::vector<OnnxNode>& nodes,
                                           const std::string& input, std::size_t rank);

}  // namespace dwmtj
