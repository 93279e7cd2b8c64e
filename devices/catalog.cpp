// SPDX-License-Identifier: Apache-2.0
#include "devices/catalog.h"

namespace dwmtj {

const CatalogFolder& device_catalog() {
  static const CatalogFolder kCatalog{"devices/catalog", "device"};
  return kCatalog;
}

std::vector<std::string> device_names() { return names_in_catalog(device_catalog()); }

std::filesystem::path find_device(const std::string& name_or_file) {
  return find_in_catalog(device_catalog(), name_or_file);
}

}  // namespace dwmtj
