// SPDX-License-Identifier: Apache-2.0
// A parameter file as the results of a run keep it: what was in use, and where it came from.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace dwmtj {

// `text` is YAML. `replaced` has other values for keys, "tiles.tile" for one within another.
std::string effective_file(const std::string& text, const std::filesystem::path& source,
                           const std::map<std::string, std::string>& replaced = {});

}  // namespace dwmtj
