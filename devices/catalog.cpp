// SPDX-License-Identifier: Apache-2.0
#include "devices/catalog.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/data_folder.h"
#include "core/input_error.h"

namespace dwmtj {

std::filesystem::path catalog_folder() { return data_folder("devices/catalog"); }

std::vector<std::string> catalog_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(catalog_folder())) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::filesystem::path find_device(const std::string& name_or_file) {
  const std::filesystem::path path = name_or_file;
  if (path.extension() == ".yaml") return path;
  const auto names = catalog_names();
  if (std::find(names.begin(), names.end(), name_or_file) == names.end()) {
    throw InputError(fmt::format("unknown device '{}'; known: {}, or the path of a .yaml file",
                                 name_or_file, fmt::join(names, ", ")));
  }
  return catalog_folder() / (name_or_file + ".yaml");
}

}  // namespace dwmtj
