// SPDX-License-Identifier: Apache-2.0
#include "tests/networks/onnx_text.h"

#include <stdexcept>

#include <onnx/defs/parser.h>

namespace dwmtj {

onnx::ModelProto onnx_model(const std::string& graph, int opset) {
  const auto head = "<ir_version: 7, opset_import: [\"\" : " + std::to_string(opset) + "]> g ";
  onnx::ModelProto model;
  const auto status = onnx::OnnxParser::Parse(model, (head + graph).c_str());
  if (!status.IsOK()) throw std::logic_error(status.ErrorMessage());
  return model;
}

std::string onnx_bytes(const std::string& graph, int opset) {
  return onnx_model(graph, opset).SerializeAsString();
}

}  // namespace dwmtj
