// SPDX-License-Identifier: Apache-2.0
// An ONNX file, parsed, its nodes checked and their shapes inferred by the ONNX library. The only
// place that knows protobuf; used by the reader.
#pragma once

#include <filesystem>
#include <memory>

#include "networks/onnx_node.h"

namespace dwmtj {

struct OnnxInput {
  std::string name;
  Dims dims;  // kUnknownSize where the file gives a name or nothing
  bool has_shape = false;
};
inline constexpr std::int64_t kUnknownSize = -1;

class OnnxModel {
 public:
  // Throws InputError: file: what was expected. External data must lie in the file's folder.
  explicit OnnxModel(const std::filesystem::path& file);
  ~OnnxModel();
  OnnxModel(const OnnxModel&) = delete;
  OnnxModel& operator=(const OnnxModel&) = delete;

  [[nodiscard]] const std::vector<OnnxNode>& nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<OnnxInput>& inputs() const { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const { return outputs_; }
  [[nodiscard]] const std::map<std::string, OnnxTensor>& constants() const { return constants_; }

  struct Operand {
    bool given = true;
    bool is_float = true;
    Dims dims;
    const std::vector<std::int64_t>* values = nullptr;  // of an integer constant
  };
  // The shapes of the node's outputs, {kUnknownSize} for one that does not follow. Throws NodeError
  // when the node is malformed or its inputs do not fit.
  [[nodiscard]] std::vector<Dims> output_dims(const OnnxNode& node,
                                              const std::vector<Operand>& operands) const;

 private:
  struct Proto;
  std::unique_ptr<Proto> proto_;
  std::vector<OnnxNode> nodes_;
  std::vector<OnnxInput> inputs_;
  std::vector<std::string> outputs_;
  std::map<std::string, OnnxTensor> constants_;  // the initializers
};

}  // namespace dwmtj
