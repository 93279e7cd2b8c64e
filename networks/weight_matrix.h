// SPDX-License-Identifier: Apache-2.0
// The weights of a layer as the matrix that an array holds. Copies share the values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace dwmtj {

// One row an output, in it channel by channel the kernel's rows: the order of an ONNX convolution.
// With groups, outputs / groups rows after another belong to a group, and `inputs` are those that
// one group sees: its channels x kernel height x kernel width.
struct WeightMatrix {
  std::int64_t outputs = 0;
  std::int64_t inputs = 0;
  std::shared_ptr<const std::vector<float>> values;  // outputs x inputs
  std::vector<float> bias;                           // empty, or one an output

  [[nodiscard]] std::int64_t count() const { return outputs * inputs; }
  [[nodiscard]] const float* row(std::int64_t output) const {
    return values->data() + output * inputs;
  }
};

}  // namespace dwmtj
