// SPDX-License-Identifier: Apache-2.0
// The numbers that a command has left in a file of its results, each with a name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dwmtj {

struct Figure {
  std::string name;   // with its unit, as the file has it: energy_J
  std::string value;  // as text: a number, true or false
};

// Of a JSON file: all numbers and truths in it, names of nested ones joined by '_'; lists are left
// out, but for those of one element, and those that `wanted` names (programming_0_energy_J). Of a
// CSV file: the columns of its only row. Nothing where there is no such file; throws InputError
// where it cannot be read, or has none of the `wanted`.
std::vector<Figure> read_figures(const std::filesystem::path& file,
                                 const std::vector<std::string>& wanted);

}  // namespace dwmtj
