// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"
#include "app/simulator.h"

namespace dwmtj {

void add_commands(CLI::App& app, const CommandLine& line) {
  add_characterize_command(app, line);
  add_command_of("dwmtj-simulate", app, line, "run", kRunDescription);
  add_command_of("dwmtj-simulate", app, line, "replay", kReplayDescription);
  add_command_of("dwmtj-estimate", app, line, "estimate", kEstimateDescription);
  add_command_of("dwmtj-estimate", app, line, "map", kMapDescription);
  add_command_of("dwmtj-estimate", app, line, "simulate", kSimulateDescription);
  add_command_of("dwmtj-estimate", app, line, "compare", kCompareDescription);
  add_command_of("dwmtj-infer", app, line, "infer", kInferDescription);
  add_program_command(app, line);
  add_command_of("dwmtj-learn", app, line, "learn", kLearnDescription);
  add_devices_command(app, line);
  add_tiles_command(app, line);
  add_chips_command(app, line);
  add_check_command(app, line);
  add_report_command(app, line);
  add_technologies_command(app, line);
  add_architectures_command(app, line);
  add_calibrate_command(app, line);
  add_fit_command(app, line);
  add_export_command(app, line);
  add_wires_command(app, line);
}

}  // namespace dwmtj
