// SPDX-License-Identifier: Apache-2.0
// The circuits around a device where none are named.
#pragma once

#include <filesystem>
#include <string>

namespace dwmtj {

// The catalog's tile of that name, else the only one that has this device. Throws InputError where
// there is none, or more than one.
std::filesystem::path find_tile_of_device(const std::string& device);

}  // namespace dwmtj
