// SPDX-License-Identifier: Apache-2.0
#include "app/state_options.h"

#include <CLI/CLI.hpp>

namespace dwmtj {

void add_state_options(CLI::App& command, StateOptions& options) {
  command.add_option("--state", options.load,
                     "Begin with the states of devices in this file [all saturated]");
  command.add_option("--save-state", options.save, "Write the states of devices to this file");
}

std::unique_ptr<OutputFile> open_states(const StateOptions& options) {
  if (options.save.empty()) return nullptr;
  if (!options.load.empty()) check_not_input(options.save, options.load);
  return std::make_unique<OutputFile>(options.save);
}

}  // namespace dwmtj
