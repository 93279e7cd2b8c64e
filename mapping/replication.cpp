// SPDX-License-Identifier: Apache-2.0
#include "mapping/replication.h"

#include <algorithm>

#include "mapping/division.h"

namespace dwmtj {
namespace {

using Layers = std::vector<CopyCost>;

// Arrays of the copies that bring each layer down to so many windows, or more than `most`.
std::int64_t arrays_for(const Layers& layers, std::int64_t windows, std::int64_t most) {
  std::int64_t total = 0;
  for (const auto& layer : layers) {
    total += divide_up(layer.windows, windows) * layer.arrays;
    if (total > most) break;
  }
  return total;
}

}  // namespace

std::vector<std::int64_t> copies_of(const Layers& layers, std::int64_t arrays,
                                    std::int64_t fewest_steps) {
  std::int64_t low = std::max<std::int64_t>(fewest_steps, 1);
  std::int64_t high = 1;  // one copy of each
  for (const auto& layer : layers) high = std::max(high, layer.windows);
  low = std::min(low, high);
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (arrays_for(layers, middle, arrays) <= arrays) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  std::vector<std::int64_t> copies;
  for (const auto& layer : layers) copies.push_back(divide_up(layer.windows, high));
  return copies;
}

}  // namespace dwmtj
