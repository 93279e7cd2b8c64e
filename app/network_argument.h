// SPDX-License-Identifier: Apache-2.0
// The network and architecture of a command, and how its weights sit on cells.
#pragma once

#include <string>

#include <CLI/App.hpp>

#include "app/onnx_argument.h"
#include "deployment/mapped_network.h"

namespace dwmtj {

struct NetworkArgument {
  OnnxArgument file;
  std::string architecture;
  std::vector<std::string> overrides;  // of the architecture: "core.rows=64"
};

void add_network_argument(CLI::App& command, NetworkArgument& argument);
// --bits, --tile, --layers, --no-copies, --activation-bits.
void add_cell_options(CLI::App& command, MappingChoices& choices);

// Reads the files that are named. Throws InputError.
void check_network(const NetworkArgument& argument);
// Reads them and maps. Throws InputError.
MappedNetwork map_argument(const NetworkArgument& argument, MappingChoices choices);

}  // namespace dwmtj
