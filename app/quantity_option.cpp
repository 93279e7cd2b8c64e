// SPDX-License-Identifier: Apache-2.0
#include "app/quantity_option.h"

#include <CLI/CLI.hpp>

#include "core/input_error.h"

namespace dwmtj {

CLI::Option* add_quantity_option(CLI::App& command, const std::string& name, Dimension dimension,
                                 std::function<void(double)> set, const std::string& description) {
  return command.add_option_function<std::string>(
      name,
      [name, dimension, set = std::move(set)](const std::string& text) {
        try {
          set(parse_quantity(text, dimension));
        } catch (const InputError& error) {
          throw InputError(name + ": " + error.what());
        }
      },
      description);
}

}  // namespace dwmtj
