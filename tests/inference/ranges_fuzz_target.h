// SPDX-License-Identifier: Apache-2.0
// What libFuzzer and a test feed with bytes: the reader of calibrations.
#pragma once

#include <string>

namespace dwmtj {

// A sound calibration of the target's own small network, for a start.
std::string sound_ranges();
// What is accepted has ranges from low to high; InputError alone escapes, and is caught here.
void fuzz_ranges(const std::string& bytes);

}  // namespace dwmtj
