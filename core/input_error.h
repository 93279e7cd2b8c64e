// SPDX-License-Identifier: Apache-2.0
// What a person did wrong: one line, shown without a trace; the program then exits with status 2.
#pragma once

#include <stdexcept>

namespace dwmtj {

class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace dwmtj
