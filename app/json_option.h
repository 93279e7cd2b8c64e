// SPDX-License-Identifier: Apache-2.0
// `--json`: one object on the standard output in place of the text (docs/app/json.md).
#pragma once

#include <CLI/App.hpp>

#include "app/commands.h"
#include "app/entry.h"

namespace dwmtj {

// Gives it to every command of this program.
void add_json_options(CLI::App& app, const CommandLine& line, bool& wanted);

// How the command ended, and what it found.
void print_json(const CommandLine& line, const CommandEnd& end);

}  // namespace dwmtj
