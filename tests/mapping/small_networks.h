// SPDX-License-Identifier: Apache-2.0
// Networks of layers with weights, for tests that need only their sizes.
#pragma once

#include <string>
#include <vector>

#include "networks/network.h"

namespace dwmtj {

// groups x (inputs of a group), outputs of all groups, output positions.
struct LayerSize {
  std::int64_t inputs = 1;
  std::int64_t outputs = 1;
  std::int64_t windows = 1;
  std::int64_t groups = 1;
};

Layer layer_of(const LayerSize& size);

// An input, then the layers one after another, each followed by an activation: "layer 0", ...
Network network_of(const std::vector<LayerSize>& sizes);

}  // namespace dwmtj
