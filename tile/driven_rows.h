// SPDX-License-Identifier: Apache-2.0
// Of a multiplication's inputs, the rows that are driven: whose lines are charged.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace dwmtj {

[[nodiscard]] inline std::uint64_t driven_rows(const std::vector<std::int16_t>& inputs) {
  return static_cast<std::uint64_t>(
      std::count_if(inputs.begin(), inputs.end(), [](auto input) { return input != 0; }));
}

}  // namespace dwmtj
