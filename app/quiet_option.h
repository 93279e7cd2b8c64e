// SPDX-License-Identifier: Apache-2.0
// `--quiet`: results only in files; on the terminal what went wrong.
#pragma once

#include <CLI/App.hpp>

namespace dwmtj {

// Gives it to every command that writes a folder and has none of its own.
void add_quiet_options(CLI::App& app);

}  // namespace dwmtj
