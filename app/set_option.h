// SPDX-License-Identifier: Apache-2.0
// The --set option of commands that read a parameter file.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "common/parameter_overrides.h"

namespace dwmtj {

// `file`: whose keys the paths begin with, for --help. ParameterOverrides reads the texts.
CLI::Option* add_set_option(CLI::App& command, std::vector<std::string>& assignments,
                            const std::string& file);

// What is set over each of the files that a command reads: those whose paths begin with `tile.` or
// `device.`, which is taken off, and the rest, of the file that the command names.
struct SetParts {
  explicit SetParts(const std::vector<std::string>& assignments);

  std::vector<std::string> named;
  std::vector<std::string> tile;
  std::vector<std::string> device;

  // Where the file that is named is the device's, or the tile's.
  [[nodiscard]] ParameterOverrides over_named_device() const;
  [[nodiscard]] ParameterOverrides over_named_tile() const;
};

}  // namespace dwmtj
