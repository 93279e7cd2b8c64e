// SPDX-License-Identifier: Apache-2.0
// Where the values of a tensor lie. A file has them row-major, wherever the axis of channels is;
// here the channels of a position lie side by side, positions in the order of the file.
#pragma once

#include <cstdint>
#include <vector>

#include "networks/network.h"

namespace dwmtj {

// A place for each value: in memory, or in the file.
using Places = std::vector<std::int32_t>;

struct ValueLayout {
  std::int64_t channels = 1;
  std::int64_t stride = 1;  // of the channels in the file
  std::int64_t elements = 1;

  [[nodiscard]] bool is_file_order() const { return channels == 1 || stride == 1; }
};

[[nodiscard]] ValueLayout input_layout(const Layer& layer);
[[nodiscard]] ValueLayout output_layout(const Layer& layer);

// Whether the same file leads to the same memory.
[[nodiscard]] bool same_order(const ValueLayout& a, const ValueLayout& b);

// By place in the file, the place in memory.
[[nodiscard]] Places places_in_memory(const ValueLayout& layout);

}  // namespace dwmtj
