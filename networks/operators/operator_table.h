// SPDX-License-Identifier: Apache-2.0
// What each ONNX operator becomes. An operator has one place: the file of its kind, where the table
// at the end names it.
#pragma once

#include <map>
#include <string>

#include "networks/onnx_values.h"

namespace dwmtj {

// The import of a node adds layers, or throws NodeError.
using OperatorImport = void (*)(NodeImport&);
using OperatorTable = std::map<std::string, OperatorImport>;

const OperatorTable& activation_operators();     // functions of one element
const OperatorTable& arithmetic_operators();     // sums, products, scales
const OperatorTable& einsum_operators();         // products by an equation of letters
const OperatorTable& movement_operators();       // values that move, or only seem to
const OperatorTable& normalisation_operators();  // softmax, means, norms
const OperatorTable& product_operators();        // matrices: Gemm, MatMul
const OperatorTable& quantised_operators();      // QDQ, QLinear and integer forms
const OperatorTable& recurrent_operators();      // LSTM, GRU, RNN
const OperatorTable& window_operators();         // convolutions, pools, resizing

}  // namespace dwmtj
