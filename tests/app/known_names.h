// SPDX-License-Identifier: Apache-2.0
// What a message offers in place of a name that no catalog has.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace dwmtj {

// As the folder of the catalog has them, by name.
inline std::string known_in(const std::filesystem::path& catalog) {
  std::set<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(catalog)) {
    if (file.path().extension() == ".yaml") names.insert(file.path().stem());
  }
  std::string text = "known: ";
  for (const auto& name : names) text += name + ", ";
  return text + "or the path of a .yaml file";
}

}  // namespace dwmtj
