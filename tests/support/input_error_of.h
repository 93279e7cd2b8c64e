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

// The same behind the name of the file that it is about: "line: what is wrong".
template <typename Action>
std::string refusal_in(const std::string& file, Action action) {
  const auto message = input_error_of(action);
  const auto name = message.find("/" + file + ":");
  return name == std::string::npos ? message : message.substr(name + file.size() + 2);
}

// A text that is sound, with one thing in it changed.
inline std::string changed(std::string text, const std::string& what, const std::string& instead) {
  return text.replace(text.find(what), what.size(), instead);
}

}  // namespace dwmtj
