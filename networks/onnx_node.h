// SPDX-License-Identifier: Apache-2.0
// A node of an ONNX graph, without protobuf.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <variant>

#include "networks/onnx_tensor.h"

namespace dwmtj {

// Why a node cannot be imported; its reader adds file and node.
class NodeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using OnnxAttribute =
    std::variant<std::int64_t, float, std::string, Dims, std::vector<float>, OnnxTensor>;

struct OnnxNode {
  std::string name;                 // the first output's, where the file has none
  std::string op;                   // with its domain, unless that is ONNX's own
  std::vector<std::string> inputs;  // empty text: not given
  std::vector<std::string> outputs;
  std::map<std::string, OnnxAttribute> attributes;
  int index = 0;  // in the file
  int opset = 0;  // the version of its operators

  // The attribute; `otherwise` when it is not given.
  template <typename T>
  [[nodiscard]] T get(const std::string& attribute, T otherwise) const {
    const auto found = attributes.find(attribute);
    if (found == attributes.end()) return otherwise;
    const auto* const value = std::get_if<T>(&found->second);
    if (value == nullptr) throw NodeError("attribute " + attribute + " is of the wrong type");
    return *value;
  }
  [[nodiscard]] bool has(const std::string& attribute) const {
    return attributes.count(attribute) > 0;
  }
};

}  // namespace dwmtj
