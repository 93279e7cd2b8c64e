// SPDX-License-Identifier: Apache-2.0
#include "app/set_option.h"

#include <CLI/CLI.hpp>

namespace dwmtj {

CLI::Option* add_set_option(CLI::App& command, std::vector<std::string>& assignments,
                            const std::string& file) {
  return command
      .add_option("--set", assignments,
                  "KEY.PATH=VALUE: a value of the " + file + " file; once for each")
      ->take_all()
      ->allow_extra_args(false);
}

}  // namespace dwmtj
