// SPDX-License-Identifier: Apache-2.0
// The --no-figures option of commands that draw.
#pragma once

#include <CLI/App.hpp>

namespace dwmtj {

void add_figures_option(CLI::App& command, bool& figures);

}  // namespace dwmtj
