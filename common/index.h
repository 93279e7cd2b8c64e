// SPDX-License-Identifier: Apache-2.0
// An int that counts things as the index of a container.
#pragma once

#include <cstddef>

namespace dwmtj {

inline std::size_t index(int i) { return static_cast<std::size_t>(i); }

}  // namespace dwmtj
