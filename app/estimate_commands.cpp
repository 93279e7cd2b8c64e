// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"

namespace dwmtj {

void add_commands(CLI::App& app, const CommandLine& line) {
  add_estimate_command(app, line);
  add_map_command(app, line);
  add_compare_command(app, line);
  add_simulate_command(app, line);
}

}  // namespace dwmtj
