// SPDX-License-Identifier: Apache-2.0
#include "networks/onnx_operators.h"

namespace dwmtj {
namespace {

OperatorTable all_operators() {
  OperatorTable all;
  for (const auto* const table :
       {&activation_operators(), &arithmetic_operators(), &movement_operators(),
        &einsum_operators(), &normalisation_operators(), &product_operators(),
        &quantised_operators(), &recurrent_operators(), &window_operators()}) {
    all.insert(table->begin(), table->end());
  }
  return all;
}

}  // namespace

OperatorImport operator_import(const std::string& op) {
  static const OperatorTable kAll = all_operators();
  const auto found = kAll.find(op);
  return found == kAll.end() ? nullptr : found->second;
}

}  // namespace dwmtj
