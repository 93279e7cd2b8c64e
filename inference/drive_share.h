// SPDX-License-Identifier: Apache-2.0
// How many rows of its tiles a layer drives, as seen on some images: what an estimate, which knows
// no values, has to be told of the data.
#pragma once

#include <vector>

#include "inference/image_source.h"
#include "inference/tiled_network.h"

namespace dwmtj {

// By step: the mean share of its rows that a multiply drives; 0 without weights.
std::vector<double> drive_shares(const TiledNetwork& network, const ImageSource& source,
                                 std::int64_t images);

}  // namespace dwmtj
