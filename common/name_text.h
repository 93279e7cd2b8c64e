// SPDX-License-Identifier: Apache-2.0
// Names from files that anybody may have written, fit for tables.
#pragma once

#include <string>

namespace dwmtj {

// Control characters become '?'.
std::string printable(std::string name);

// A field of a CSV file, in quotes where it must be.
std::string csv_field(const std::string& text);

}  // namespace dwmtj
