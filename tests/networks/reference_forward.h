// SPDX-License-Identifier: Apache-2.0
// What a network computes, in plain loops: the check that import and folding keep it the same.
#pragma once

#include <vector>

#include "networks/network.h"

namespace dwmtj {

// The first output for the first input.
std::vector<double> reference_forward(const Network& network, const std::vector<double>& input);

}  // namespace dwmtj
