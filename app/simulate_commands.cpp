// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"

namespace dwmtj {

void add_commands(CLI::App& app, const CommandLine& line) {
  add_run_command(app, line);
  add_replay_command(app, line);
}

}  // namespace dwmtj
