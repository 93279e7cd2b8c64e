// SPDX-License-Identifier: Apache-2.0
// The network and architecture of a command, and how its weights sit on cells.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "estimation/estimate.h"

namespace dwmtj {

struct NetworkArgument {
  std::string network;
  std::vector<std::string> shapes;  // "input=1,3,224,224"
  std::string architecture;
};

void add_network_argument(CLI::App& command, NetworkArgument& argument);
// --bits, --tile, --no-copies.
void add_cell_options(CLI::App& command, EstimateOptions& options);

// Throw InputError.
Network load_network(const NetworkArgument& argument);
Architecture load_architecture(const NetworkArgument& argument);

}  // namespace dwmtj
