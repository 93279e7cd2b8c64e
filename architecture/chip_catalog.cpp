// SPDX-License-Identifier: Apache-2.0
#include "architecture/chip_catalog.h"

#include <algorithm>

namespace dwmtj {
namespace {

ChipKind kind_of(const ParameterNode& root) {
  return root.has("core") && !root.has("tiles") ? ChipKind::cores : ChipKind::tiles;
}

}  // namespace

const CatalogFolder& chip_catalog() {
  static const CatalogFolder kCatalog{"architecture/catalog", "chip"};
  return kCatalog;
}

std::filesystem::path find_chip(const std::string& name_or_file) {
  return find_in_catalog(chip_catalog(), name_or_file);
}

std::vector<std::string> chip_names(ChipKind kind) {
  auto names = names_in_catalog(chip_catalog());
  const auto is_other = [&](const std::string& name) {
    return kind_of(ParameterNode::load(find_chip(name), chip_catalog())) != kind;
  };
  names.erase(std::remove_if(names.begin(), names.end(), is_other), names.end());
  return names;
}

void require_kind(const ParameterNode& root, ChipKind kind) {
  if (kind == ChipKind::tiles && root.has("core") && !root.has("tiles")) {
    root.fail("core",
              "a chip of cores, which are inventories: it can be estimated and mapped; to be "
              "simulated it needs 'tiles'");
  }
  if (kind == ChipKind::cores && root.has("tiles") && !root.has("core")) {
    root.fail("tiles",
              "a chip of tiles: it can be simulated and replayed; to be estimated it needs a "
              "'core'");
  }
}

}  // namespace dwmtj
