// SPDX-License-Identifier: Apache-2.0
#include "app/quiet_option.h"

#include "app/standard_output.h"

namespace dwmtj {

void add_quiet_options(CLI::App& app) {
  for (auto* const command : app.get_subcommands({})) {
    if (command->get_option_no_throw("--out") == nullptr) continue;
    if (command->get_option_no_throw("--quiet") != nullptr) continue;
    command->add_flag_callback("--quiet", shut_standard_output,
                               "Print nothing but what went wrong");
  }
}

}  // namespace dwmtj
