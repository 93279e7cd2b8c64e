// SPDX-License-Identifier: Apache-2.0
// The options of commands that have tiles of devices: where their states come from and go to
// (docs/arrays/state_file.md).
#pragma once

#include <memory>
#include <string>

#include <CLI/App.hpp>

#include "common/output_file.h"

namespace dwmtj {

struct StateOptions {
  std::string load;  // empty: all devices saturated
  std::string save;  // empty: nowhere
};

void add_state_options(CLI::App& command, StateOptions& options);

// The file to save to, made before anything is simulated, so that one that cannot be written is
// told early; null: none was asked for. Throws InputError.
std::unique_ptr<OutputFile> open_states(const StateOptions& options);

}  // namespace dwmtj
