// SPDX-License-Identifier: Apache-2.0
// What must hold whatever a fuzzer hands in.
#pragma once

#include <stdexcept>

namespace dwmtj::test {

inline void require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(what);
}

}  // namespace dwmtj::test
