// SPDX-License-Identifier: Apache-2.0
// Where this program has put results, for what is done with them after the command.
#pragma once

#include <filesystem>

namespace dwmtj {

// The RunFolder that was committed last; empty where none was.
std::filesystem::path last_results();

}  // namespace dwmtj
