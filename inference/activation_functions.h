// SPDX-License-Identifier: Apache-2.0
// The activation functions that are no plain arithmetic, in double precision.
#pragma once

#include <cstdint>
#include <vector>

#include "networks/network.h"

namespace dwmtj {

// Of a layer's channel.
[[nodiscard]] double activation_of(const Layer& layer, double x, std::int64_t channel);

// One value, or one a channel.
inline float of_channel(const std::vector<float>& values, std::int64_t channel) {
  return values[values.size() == 1 ? 0 : static_cast<std::size_t>(channel)];
}

}  // namespace dwmtj
