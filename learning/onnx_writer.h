// SPDX-License-Identifier: Apache-2.0
// A network that has been learned as an ONNX file: as it is used, with signs for weights and the
// running statistics, for pixels from 0 to 1.
#pragma once

#include <string>

#include "learning/perceptron.h"

namespace dwmtj {

struct ImageSize {
  std::size_t rows;
  std::size_t columns;
};

// The bytes of the file.
std::string onnx_of(const Perceptron& network, const LearningRule& rule, ImageSize image);

}  // namespace dwmtj
