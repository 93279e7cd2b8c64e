// SPDX-License-Identifier: Apache-2.0
// Where the files that come with the project are: catalogs, chip libraries, figure scripts.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace dwmtj {

// `name` relative to the source tree ("devices/catalog"), looked for under $DWMTJ_DATA, then where
// the running program was installed, in the package that it was built with, in the source tree of
// this build, and where libraries were installed. Throws InputError if in none, or if DWMTJ_DATA is
// no folder.
std::filesystem::path data_folder(const std::string& name);

// The same, or nothing if in none.
std::optional<std::filesystem::path> find_data_folder(const std::string& name);

}  // namespace dwmtj
