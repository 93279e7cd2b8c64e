// SPDX-License-Identifier: Apache-2.0
#include "common/name_text.h"

#include <algorithm>

namespace dwmtj {

std::string printable(std::string name) {
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  std::replace_if(name.begin(), name.end(), is_control, '?');
  return name;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

}  // namespace dwmtj
