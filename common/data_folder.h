// SPDX-License-Identifier: Apache-2.0
// Where the files that come with the project are: catalogs, chip libraries, figure scripts.
#pragma once

#include <filesystem>
#include <string>

namespace dwmtj {

// `name` relative to the source tree ("devices/catalog"), looked for under $DWMTJ_DATA, then in the
// source tree of this build, then where the project was installed. Throws InputError if in none.
std::filesystem::path data_folder(const std::string& name);

}  // namespace dwmtj
