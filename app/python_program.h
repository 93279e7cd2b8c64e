// SPDX-License-Identifier: Apache-2.0
// Programs in Python that come with the project.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dwmtj {

// Runs a script with these words to its end, with $DWMTJ_PYTHON, else the Python that CMake found,
// else the first on the path. Its exit status; `cannot` where there is no Python, -1 after a
// signal.
int run_python(const std::filesystem::path& script, std::vector<std::string> words, int cannot);

}  // namespace dwmtj
