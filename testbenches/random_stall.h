// SPDX-License-Identifier: Apache-2.0
// Handshakes that now and then take longer, by draws of their own.
#pragma once

#include "rtl_models/tile_context.h"
#include "testbenches/scenario.h"

namespace dwmtj {

// Empty if nothing ever stalls. Stalls of one seed with another `instance` are independent.
Stall random_stall(const StallParameters& parameters, std::uint64_t seed, std::uint64_t instance);

}  // namespace dwmtj
