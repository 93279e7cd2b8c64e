// SPDX-License-Identifier: Apache-2.0
// Small ONNX models, written as text.
#pragma once

#include <string>

namespace onnx {
class ModelProto;
}

namespace dwmtj {

// `graph` is in the library's own syntax: (float[N, 3, 8, 8] x) => (float[N, 4] y) { nodes }.
onnx::ModelProto onnx_model(const std::string& graph, int opset = 13);
std::string onnx_bytes(const std::string& graph, int opset = 13);

}  // namespace dwmtj
