// SPDX-License-Identifier: Apache-2.0
// What libFuzzer and the fuzz test feed with bytes: only InputError may escape the reader.
#pragma once

#include <string>

namespace dwmtj {

// The bytes are an ONNX file; a network that comes out of it must be sound.
void fuzz_onnx(const std::string& bytes);

}  // namespace dwmtj
