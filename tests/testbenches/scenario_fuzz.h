// SPDX-License-Identifier: Apache-2.0
// What libFuzzer and the replay test feed with bytes, as tests/fuzz/fuzz_targets.h does.
#pragma once

#include <string>

namespace dwmtj {

// The bytes are a scenario file. Only InputError may escape the reader, and it must name the file.
void fuzz_scenario_file(const std::string& bytes);

}  // namespace dwmtj
