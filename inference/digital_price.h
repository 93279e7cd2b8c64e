// SPDX-License-Identifier: Apache-2.0
// What the digital unit of a chip does for a layer: how many operations on entries a layer asks
// for, and which layers it has no operations for (docs/inference/digital_price.md).
#pragma once

#include <cstdint>
#include <optional>

#include "inference/forward_plan.h"

namespace dwmtj {

// Operations on one entry each, of one image; none: the unit cannot do it.
[[nodiscard]] std::optional<std::int64_t> digital_operations(const Step& step);

}  // namespace dwmtj
