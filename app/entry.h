// SPDX-License-Identifier: Apache-2.0
// The command line of this program, as the shell and as a sweep enter it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands.h"

namespace dwmtj {

// How a command ended: 0 done, 1 failed inside or not as expected, 2 wrong input, 3 something could
// not be written, 130 interrupted.
struct CommandEnd {
  int status;
  std::string error;  // one line, where there is one to tell
};

// Runs a command. `recorded` goes into its output folder as what was typed.
CommandEnd run_command(const std::vector<std::string>& words,
                       const std::vector<std::string>& recorded);

// The words are read and the files they name, and nothing is run. Throws InputError.
void check_command(const std::vector<std::string>& words);

// What every command can be asked for beside its own options.
struct CommonOptions {
  bool report = false;  // a page of its results
  bool json = false;    // what it found, in place of text
};

// All commands, with what they tell sweeps, to be asked.
struct KnownCommands {
  KnownCommands();
  int status = 0;
  CommonOptions options;
  CommandLine line;
  std::unique_ptr<CLI::App> app;
};

}  // namespace dwmtj
