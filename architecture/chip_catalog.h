// SPDX-License-Identifier: Apache-2.0
// The chips that come with the project, in one folder. A chip is described by its tiles, which are
// simulated device by device, or by its cores, which are inventories to be estimated.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/parameter_file.h"

namespace dwmtj {

enum class ChipKind { tiles, cores };

const CatalogFolder& chip_catalog();
std::filesystem::path find_chip(const std::string& name_or_file);
// Those described so, sorted.
std::vector<std::string> chip_names(ChipKind kind);

// Throws InputError where the file describes a chip of the other kind: what it is, and who takes
// it.
void require_kind(const ParameterNode& root, ChipKind kind);

}  // namespace dwmtj
