// SPDX-License-Identifier: Apache-2.0
// The architecture of a `dwmtj infer`: its arrays hold the weights, and it says what a run costs.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "deployment/mapped_network.h"
#include "inference/study.h"

namespace dwmtj {

struct ArchitectureArgument {
  std::string name;                    // empty: none
  std::vector<std::string> overrides;  // "core.rows=64"
};

void add_architecture_argument(CLI::App& command, ArchitectureArgument& argument);

// Maps the network, and makes rows, columns, bits, tile and device of the study those of the
// mapping. Throws InputError: a weight that takes more than one pair, a device named apart.
MappedNetwork map_study(const ArchitectureArgument& argument, Network network, StudyOptions& study);

// What the costs are of, where values do not show it.
std::string cost_note(const MappedNetwork& mapped);

}  // namespace dwmtj
