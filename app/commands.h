// SPDX-License-Identifier: Apache-2.0
// The subcommands. Each adds itself to the command line and sets the exit status when it has run.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "app/json_object.h"

namespace dwmtj {

// What a sweep has to know of a command that it runs.
struct SweptCommand {
  std::string figures;          // the file of its results that holds its numbers
  std::function<void()> check;  // reads what decides its result, and runs nothing
};

struct CommandLine {
  std::vector<std::string> words;  // as typed: goes into the output folder
  int* status;
  // What it found, for `--json`.
  std::shared_ptr<JsonObject> found = std::make_shared<JsonObject>();
  std::shared_ptr<std::map<std::string, SweptCommand>> swept =
      std::make_shared<std::map<std::string, SweptCommand>>();
  // The program of a command that is another's (simulator.h).
  std::shared_ptr<std::map<std::string, std::string>> elsewhere =
      std::make_shared<std::map<std::string, std::string>>();

  void tell_sweeps(const CLI::App& command, SweptCommand told) const {
    (*swept)[command.get_name()] = std::move(told);
  }
};

// All commands of this program.
void add_commands(CLI::App& app, const CommandLine& line);

void add_architectures_command(CLI::App& app, const CommandLine& line);
void add_calibrate_command(CLI::App& app, const CommandLine& line);
void add_fit_command(CLI::App& app, const CommandLine& line);
void add_characterize_command(CLI::App& app, const CommandLine& line);
void add_check_command(CLI::App& app, const CommandLine& line);
void add_chips_command(CLI::App& app, const CommandLine& line);
void add_compare_command(CLI::App& app, const CommandLine& line);
void add_devices_command(CLI::App& app, const CommandLine& line);
void add_estimate_command(CLI::App& app, const CommandLine& line);
void add_export_command(CLI::App& app, const CommandLine& line);
void add_infer_command(CLI::App& app, const CommandLine& line);
void add_learn_command(CLI::App& app, const CommandLine& line);
void add_map_command(CLI::App& app, const CommandLine& line);
void add_program_command(CLI::App& app, const CommandLine& line);
void add_replay_command(CLI::App& app, const CommandLine& line);
void add_report_command(CLI::App& app, const CommandLine& line);
void add_run_command(CLI::App& app, const CommandLine& line);
void add_simulate_command(CLI::App& app, const CommandLine& line);
void add_sweep_command(CLI::App& app, const CommandLine& line);
void add_technologies_command(CLI::App& app, const CommandLine& line);
void add_tiles_command(CLI::App& app, const CommandLine& line);
void add_wires_command(CLI::App& app, const CommandLine& line);

}  // namespace dwmtj
