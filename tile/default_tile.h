// SPDX-License-Identifier: Apache-2.0
// The tile of commands that are told none: one that could be built.
#pragma once

namespace dwmtj {

inline constexpr const char* kDefaultTile = "trapezoidal-65nm";

}  // namespace dwmtj
