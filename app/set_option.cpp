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

std::vector<std::string> part_of(const std::vector<std::string>& assignments,
                                 const std::string& part) {
  std::vector<std::string> own;
  for (const auto& text : assignments) {
    if (text.rfind(part, 0) == 0) own.push_back(text.substr(part.size()));
  }
  return own;
}

std::vector<std::string> device_part(const std::vector<std::string>& assignments) {
  std::vector<std::string> own;
  for (const auto& text : assignments) {
    if (text.rfind(kTilePart, 0) != 0) own.push_back(text);
  }
  return own;
}

}  // namespace dwmtj
