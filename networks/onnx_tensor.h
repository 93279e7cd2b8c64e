// SPDX-License-Identifier: Apache-2.0
// A constant of an ONNX graph: floats are shared, as they may be weights; integers describe shapes.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace dwmtj {

using Dims = std::vector<std::int64_t>;

struct OnnxTensor {
  Dims dims;
  std::shared_ptr<const std::vector<float>> floats;  // null when the values are integers
  std::vector<std::int64_t> integers;
  bool is_signed = true;  // of integers

  [[nodiscard]] bool is_float() const { return floats != nullptr; }
  [[nodiscard]] std::int64_t size() const {
    return static_cast<std::int64_t>(is_float() ? floats->size() : integers.size());
  }
};

// More elements than that are taken for an error of the file.
inline constexpr std::int64_t kMostElements = std::int64_t{1} << 30;

// The number of elements; -1 when a size is negative or there are more than kMostElements.
inline std::int64_t elements_of(const Dims& dims) {
  std::int64_t elements = 1;
  for (const auto size : dims) {
    if (size < 0 || size > kMostElements || elements * size > kMostElements) return -1;
    elements *= size;
  }
  return elements;
}

}  // namespace dwmtj
