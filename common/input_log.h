// SPDX-License-Identifier: Apache-2.0
// Which files decide what a command does: its parameter files, networks and traces. Whoever reads
// one notes it; whoever asks whether a result still belongs to its inputs takes the list.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dwmtj {

void note_input(const std::filesystem::path& file);

// Those noted since it was last asked, sorted, each once.
std::vector<std::string> take_noted_inputs();

}  // namespace dwmtj
