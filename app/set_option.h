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

// Of a command that reads two files: those whose paths begin with the name of the second, which is
// taken off, and the rest.
inline constexpr const char* kTilePart = "tile.";
std::vector<std::string> part_of(const std::vector<std::string>& assignments,
                                 const std::string& part);
std::vector<std::string> device_part(const std::vector<std::string>& assignments);

}  // namespace dwmtj
