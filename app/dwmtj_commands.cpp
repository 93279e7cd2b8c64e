// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"
#include "app/simulator.h"

namespace dwmtj {

void add_commands(CLI::App& app, const CommandLine& line) {
  add_characterize_command(app, line);
  add_simulator_command(app, line, "run", kRunDescription);
  add_simulator_command(app, line, "replay", kReplayDescription);
  add_devices_command(app, line);
  add_technologies_command(app, line);
  add_architectures_command(app, line);
  add_calibrate_command(app, line);
}

}  // namespace dwmtj
