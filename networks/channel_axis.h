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

// Whether an input is a sequence with its steps ahead of the batch, as LSTM and its like take it.
[[nodiscard]] bool is_steps_first(const std::vector<OnnxNode>& nodes, const std::string& input);

// Whether an input that the file gives no values for stands where an operator has its weights.
[[nodiscard]] bool is_weight_without_values(const std::vector<OnnxNode>& nodes,
                                            const std::string& input, std::size_t rank);

}  // namespace dwmtj
