// SPDX-License-Identifier: Apache-2.0
// Lists of small numbers as scenarios write them: [3, skip, 0].
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/parameter_file.h"

namespace dwmtj {

inline constexpr const char* kSkipWord = "skip";

// Whole numbers of 16 bits or the word skip.
std::vector<std::int16_t> read_entries(const ParameterNode& list);

// [3, skip, 0]
std::string entries_text(const std::vector<std::int16_t>& entries);

}  // namespace dwmtj
