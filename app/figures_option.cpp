// SPDX-License-Identifier: Apache-2.0
#include "app/figures_option.h"

#include <CLI/CLI.hpp>

namespace dwmtj {

void add_figures_option(CLI::App& command, bool& figures) {
  command.add_flag("!--no-figures", figures, "Do not draw PNG and SVG figures");
}

}  // namespace dwmtj
