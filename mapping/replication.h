// SPDX-License-Identifier: Apache-2.0
// How often each layer is on the chip: copies share a layer's windows, so that it takes less long.
#pragma once

#include <cstdint>
#include <vector>

namespace dwmtj {

struct CopyCost {
  std::int64_t windows = 1;  // of an input
  std::int64_t arrays = 1;   // of a copy
};

// Copies of each layer, so that the slowest takes the fewest windows one after another that so many
// arrays allow, but no fewer than `fewest_steps`; with no copy that does not help the slowest. A
// window takes all layers equally long. One of each where the arrays are too few even for that.
std::vector<std::int64_t> copies_of(const std::vector<CopyCost>& layers, std::int64_t arrays,
                                    std::int64_t fewest_steps);

}  // namespace dwmtj
