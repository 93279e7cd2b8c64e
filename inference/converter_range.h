// SPDX-License-Identifier: Apache-2.0
// The range of a converter that makes it least wrong on some values.
#pragma once

#include <vector>

#include "inference/read_settings.h"

namespace dwmtj {

// Least in mean magnitude, of those that leave out nothing, or 0.01, 0.1, 0.5, 1 or 2 % of the
// values. Symmetric where both signs occur, from 0 where only one does; 0 to 1 without values.
LayerRange::Ends best_range(std::vector<float> values, int bits);

}  // namespace dwmtj
