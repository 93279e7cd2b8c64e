// SPDX-License-Identifier: Apache-2.0
// Catalogs: folders of YAML files that come with the project, each found by its name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dwmtj {

struct CatalogFolder {
  std::string folder;  // relative to the project's data: "devices/catalog"
  std::string kind;    // what errors call an entry: "device"
};

// The names in `catalog`, sorted.
std::vector<std::string> names_in_catalog(const CatalogFolder& catalog);

// A word that ends in .yaml is a path and taken as it is; any other is a name in the catalog.
// Throws InputError that says the kind and lists the names.
std::filesystem::path find_in_catalog(const CatalogFolder& catalog,
                                      const std::string& name_or_file);

}  // namespace dwmtj
