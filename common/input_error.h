// SPDX-License-Identifier: Apache-2.0
// What a person did wrong: one line, shown without a trace; the program then exits with status 2.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>

namespace dwmtj {

class InputError : public std::runtime_error {
 public:
  explicit InputError(std::string message) : std::runtime_error(one_line(std::move(message))) {}

 private:
  // Messages quote what was typed; control characters in it must not reach a terminal or a log.
  static std::string one_line(std::string text) {
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    std::replace_if(text.begin(), text.end(), is_control, '?');
    return text;
  }
};

}  // namespace dwmtj
