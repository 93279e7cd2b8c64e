// SPDX-License-Identifier: Apache-2.0
#include "networks/channel_axis.h"

#include <algorithm>
#include <set>

namespace dwmtj {
namespace {

// What a first use leaves open: the next one decides.
const std::set<std::string> kPassing = {
    "Identity", "Cast",           "Dropout",         "Add", "Sub", "Mul", "Div",
    "Relu",     "QuantizeLinear", "DequantizeLinear"};
// What works along the last axis.
const std::set<std::string> kAlongRows = {
    "MatMul", "MatMulInteger", "QLinearMatMul", "Gemm", "LayerNormalization",
    "Einsum", "LSTM",          "GRU",           "RNN"};

const std::set<std::string> kRecurrent = {"LSTM", "GRU", "RNN"};

// What takes weights behind its first input.
const std::set<std::string> kWeighted = {"Conv",
                                         "ConvTranspose",
                                         "Gemm",
                                         "BatchNormalization",
                                         "PRelu",
                                         "LayerNormalization",
                                         "InstanceNormalization",
                                         "LSTM",
                                         "GRU",
                                         "RNN"};

const OnnxNode* first_use(const std::vector<OnnxNode>& nodes, const std::string& tensor) {
  const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const OnnxNode& node) {
    return std::find(node.inputs.begin(), node.inputs.end(), tensor) != node.inputs.end();
  });
  return found == nodes.end() ? nullptr : &*found;
}

// The axes behind a transpose; none where it does not say which.
std::vector<std::size_t> turned(const std::vector<std::size_t>& axes, const OnnxNode& transpose) {
  const auto attribute = transpose.attributes.find("perm");
  if (attribute == transpose.attributes.end()) return {};
  const auto* const perm = std::get_if<Dims>(&attribute->second);
  if (perm == nullptr || perm->size() != axes.size()) return {};
  std::vector<std::size_t> result;
  for (const auto axis : *perm) {
    if (axis < 0 || axis >= static_cast<std::int64_t>(axes.size())) return {};
    result.push_back(axes[static_cast<std::size_t>(axis)]);
  }
  return result;
}

}  // namespace

bool is_weight_without_values(const std::vector<OnnxNode>& nodes, const std::string& input,
                              std::size_t rank) {
  const auto* const use = first_use(nodes, input);
  if (use == nullptr || use->inputs.front() == input) return false;
  if (kWeighted.count(use->op) > 0) return true;
  return (use->op == "MatMul" && rank == 2) || (use->op == "Add" && rank == 1);
}

bool is_steps_first(const std::vector<OnnxNode>& nodes, const std::string& input) {
  auto tensor = input;
  for (std::size_t steps = 0; steps < nodes.size(); ++steps) {
    const auto* const use = first_use(nodes, tensor);
    if (use == nullptr || use->outputs.empty()) return false;
    if (kRecurrent.count(use->op) > 0) return true;
    if (kPassing.count(use->op) == 0) return false;
    tensor = use->outputs.front();
  }
  return false;
}

std::size_t channel_axis_for(const std::vector<OnnxNode>& nodes, const std::string& input,
                             std::size_t rank) {
  if (rank < 3) return 1;
  std::vector<std::size_t> axes;  // of the input, by axis of the tensor looked at
  for (std::size_t i = 0; i < rank; ++i) axes.push_back(i);
  auto tensor = input;
  for (std::size_t steps = 0; steps < nodes.size(); ++steps) {
    const auto* const use = first_use(nodes, tensor);
    if (use == nullptr || use->outputs.empty()) break;
    if (kAlongRows.count(use->op) > 0) return axes.back();
    if (use->op == "Transpose") {
      axes = turned(axes, *use);
      if (axes.empty()) return 1;
    } else if (kPassing.count(use->op) == 0) {
      break;
    }
    tensor = use->outputs.front();
  }
  return axes[1] == 0 ? 1 : axes[1];
}

}  // namespace dwmtj
