// SPDX-License-Identifier: Apache-2.0
// What an InputError says, for comparison with the whole expected line.
#pragma once

#include <string>

#include "common/input_error.h"

namespace dwmtj {

// The message of the InputError that `action` throws; "accepted" if it throws none.
template <typename Action>
std::string input_error_of(Action action) {
  try {
    static_cast<void>(action());
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace dwmtj
