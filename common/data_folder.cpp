// SPDX-License-Identifier: Apache-2.0
#include "common/data_folder.h"

#include <cstdlib>
#include <system_error>

#include <fmt/format.h>

#include "common/build_paths.h"
#include "common/input_error.h"

namespace dwmtj {

std::filesystem::path data_folder(const std::string& name) {
  const char* const chosen = std::getenv("DWMTJ_DATA");
  for (const char* root : {chosen, kSourceDir, kInstallDataDir}) {
    if (root == nullptr || *root == '\0') continue;
    auto folder = std::filesystem::path(root) / name;
    std::error_code not_there;
    if (std::filesystem::is_directory(folder, not_there)) return folder;
  }
  throw InputError(
      fmt::format("the project's folder '{}' is not found; set DWMTJ_DATA to the "
                  "folder that holds it",
                  name));
}

}  // namespace dwmtj
