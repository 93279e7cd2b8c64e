// SPDX-License-Identifier: Apache-2.0
// Figures are drawn by the project's Python scripts from the files a run has written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dwmtj {

// Runs scripts/figures/`script` on `folder`, with further `words` if there are any. Figures are an
// extra: when they cannot be drawn it says why in one line on stderr and returns false. Throws
// DiskFullError when they cannot be written.
bool draw_figures(const std::string& script, const std::filesystem::path& folder,
                  const std::vector<std::string>& words = {});

}  // namespace dwmtj
