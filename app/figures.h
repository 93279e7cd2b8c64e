// SPDX-License-Identifier: Apache-2.0
// Figures are drawn by the project's Python scripts from the files a run has written.
#pragma once

#include <filesystem>
#include <string>

namespace dwmtj {

// Runs scripts/figures/`script` on `folder`. Figures are an extra: when Python or matplotlib is
// missing it says so in one line on stderr and returns false.
bool draw_figures(const std::string& script, const std::filesystem::path& folder);

}  // namespace dwmtj
