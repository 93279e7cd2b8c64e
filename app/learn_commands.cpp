// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"

namespace dwmtj {

void add_commands(CLI::App& app, const CommandLine& line) { add_learn_command(app, line); }

}  // namespace dwmtj
