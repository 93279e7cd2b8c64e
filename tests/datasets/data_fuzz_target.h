// SPDX-License-Identifier: Apache-2.0
// What libFuzzer and a test feed with bytes: the readers of data sets' files.
#pragma once

#include <string>

namespace dwmtj {

// The first byte chooses the format: IDX, .npy, CIFAR with one label or with two. What is accepted
// has as many values as its shape says; InputError alone escapes the readers, and is caught here.
void fuzz_data_file(const std::string& bytes);

}  // namespace dwmtj
