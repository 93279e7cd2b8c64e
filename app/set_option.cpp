// SPDX-License-Identifier: Apache-2.0
#include "app/set_option.h"

#include <CLI/CLI.hpp>

namespace dwmtj {
namespace {

ParameterOverrides joined(std::vector<std::string> first, const std::vector<std::string>& then) {
  first.insert(first.end(), then.begin(), then.end());
  return ParameterOverrides(first);
}

}  // namespace

CLI::Option* add_set_option(CLI::App& command, std::vector<std::string>& assignments,
                            const std::string& file) {
  return command
      .add_option("--set", assignments,
                  "KEY.PATH=VALUE: a value of the " + file + " file; once for each")
      ->take_all()
      ->allow_extra_args(false);
}

SetParts::SetParts(const std::vector<std::string>& assignments) {
  const auto take = [](const std::string& text, const std::string& prefix, auto& part) {
    if (text.rfind(prefix, 0) != 0) return false;
    part.push_back(text.substr(prefix.size()));
    return true;
  };
  for (const auto& text : assignments) {
    if (!take(text, "tile.", tile) && !take(text, "device.", device)) named.push_back(text);
  }
}

ParameterOverrides SetParts::over_named_device() const { return joined(named, device); }

ParameterOverrides SetParts::over_named_tile() const { return joined(named, tile); }

}  // namespace dwmtj
