// SPDX-License-Identifier: Apache-2.0
// The --set option of commands that read a parameter file.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace dwmtj {

// `file`: whose keys the paths begin with, for --help. ParameterOverrides reads the texts.
CLI::Option* add_set_option(CLI::App& command, std::vector<std::string>& assignments,
                            const std::string& file);

}  // namespace dwmtj
