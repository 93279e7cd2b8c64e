// SPDX-License-Identifier: Apache-2.0
// An int that counts things as the index of a container.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dwmtj {

inline std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

}  // namespace dwmtj
