// SPDX-License-Identifier: Apache-2.0
// The devices that come with the project, and finding a device by name or by file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/catalog_folder.h"

namespace dwmtj {

const CatalogFolder& device_catalog();

std::vector<std::string> device_names();

// A path ends in .yaml and is taken as it is; any other word is a name in the catalog. Throws
// InputError that lists the names.
std::filesystem::path find_device(const std::string& name_or_file);

}  // namespace dwmtj
