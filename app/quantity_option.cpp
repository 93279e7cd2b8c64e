// SPDX-License-Identifier: Apache-2.0
#include "app/quantity_option.h"

#include <CLI/CLI.hpp>

#include "common/input_error.h"

namespace dwmtj {

double parse_option(const std::string& name, const std::string& text, Dimension dimension) {
  try {
    return parse_quantity(text, dimension);
  } catch (const InputError& error) {
    throw InputError(name + ": " + error.what());
  }
}

CLI::Option* add_quantity_option(CLI::App& command, const std::string& name, Dimension dimension,
                                 std::function<void(double)> set, const std::string& description) {
  return command.add_option_function<std::string>(
      name,
      [name, dimension, set = std::move(set)](const std::string& text) {
        set(parse_option(name, text, dimension));
      },
      description);
}

}  // namespace dwmtj
