// SPDX-License-Identifier: Apache-2.0
// Runs the `dwmtj` that was built with the tests, as a shell would.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace dwmtj {

struct Outcome {
  int status;  // of the exit, or 128 + the signal that ended the program
  std::string out;
  std::string err;       // without
  std::string warnings;  // what design rules say of a tile
};

// A program in the background.
class Program {
 public:
  Program(const std::vector<std::string>& words, const std::filesystem::path& working_folder);
  ~Program();  // kills it if it still runs
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void send(int signal) const;
  Outcome wait();

 private:
  pid_t child_;
  std::FILE* out_;
  std::FILE* err_;
};

// `dwmtj` with these words, to its end.
Outcome dwmtj_in(const std::filesystem::path& working_folder, std::vector<std::string> words);

// The words of a `dwmtj` command, with its path in front.
std::vector<std::string> dwmtj_command(std::vector<std::string> words);

}  // namespace dwmtj
