// SPDX-License-Identifier: Apache-2.0
// Which sources a program was built from. Its text is in a file of its own, written by the build: a
// commit compiles that file and nothing else.
#pragma once

namespace dwmtj {

// "0.1.0 (1a2b3c4-dirty)", without the git revision where there is none.
extern const char* const kVersion;

}  // namespace dwmtj
