// SPDX-License-Identifier: Apache-2.0
// What libFuzzer and the fuzz test feed with bytes: only InputError may escape the reader.
#pragma once

#include <string>

namespace dwmtj {

// The bytes are a trace file, plain or gzip; what is accepted must be written and read back as it
// was.
void fuzz_trace(const std::string& bytes);

}  // namespace dwmtj
