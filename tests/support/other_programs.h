// SPDX-License-Identifier: Apache-2.0
// Programs that a test asks for a second opinion.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

namespace dwmtj::test {

inline bool installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

// What a command wrote, both of its outputs.
inline std::string output_of(const std::string& command) {
  std::string text;
  FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  char part[4096];
  while (std::fgets(part, sizeof part, pipe) != nullptr) text += part;
  EXPECT_EQ(pclose(pipe), 0) << text;
  return text;
}

// The number behind `name =`, which begins a line.
inline double printed(const std::string& text, const std::string& name) {
  const auto at = text.find("\n" + name + " ");
  if (at == std::string::npos) return std::nan("");
  return std::strtod(text.c_str() + text.find('=', at) + 1, nullptr);
}

}  // namespace dwmtj::test
