// SPDX-License-Identifier: Apache-2.0
// The constants of a file with their ranges and sources, as the commands that explain one print
// them.
#pragma once

#include <vector>

#include "app/json_object.h"
#include "common/parameter_file.h"

namespace dwmtj {

// Behind an empty line.
void print_constants(const std::vector<Constant>& constants);

// An object each.
std::vector<JsonObject> constants_json(const std::vector<Constant>& constants);

}  // namespace dwmtj
