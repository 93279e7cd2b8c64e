// SPDX-License-Identifier: Apache-2.0
#include "devices/catalog.h"

#include "core/catalog_folder.h"

namespace dwmtj {
namespace {

const char* const kCatalog = "devices/catalog";

}  // namespace

std::vector<std::string> catalog_names() { return names_in_catalog(kCatalog); }

std::filesystem::path find_device(const std::string& name_or_file) {
  return find_in_catalog({kCatalog, "device"}, name_or_file);
}

}  // namespace dwmtj
