// SPDX-License-Identifier: Apache-2.0
#include "common/catalog_folder.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/data_folder.h"
#include "common/input_error.h"

namespace dwmtj {

std::vector<std::string> names_in_catalog(const CatalogFolder& catalog) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(data_folder(catalog.folder))) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::filesystem::path find_in_catalog(const CatalogFolder& catalog,
                                      const std::string& name_or_file) {
  std::filesystem::path path = name_or_file;
  if (path.extension() == ".yaml") return path;
  const auto names = names_in_catalog(catalog);
  if (std::find(names.begin(), names.end(), name_or_file) == names.end()) {
    throw InputError(fmt::format("unknown {} '{}'; known: {}, or the path of a .yaml file",
                                 catalog.kind, name_or_file, fmt::join(names, ", ")));
  }
  return data_folder(catalog.folder) / (name_or_file + ".yaml");
}

}  // namespace dwmtj
