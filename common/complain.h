// SPDX-License-Identifier: Apache-2.0
// What goes wrong, or may surprise, is told in one line on stderr.
#pragma once

#include <cstdio>
#include <string>

namespace dwmtj {

// Never throws, as fmt::print does: where stderr takes nothing, there is nobody to tell.
inline void complain(const std::string& message) {
  std::fputs(("dwmtj: " + message + "\n").c_str(), stderr);
}

}  // namespace dwmtj
