// SPDX-License-Identifier: Apache-2.0
// Runs the `dwmtj` that was built with the tests, as a shell would.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace dwmtj {

struct Outcome {
  int status = -1;  // of the exit, or 128 + the signal that ended the program
  std::string out;
  std::string err;
};

// A program in the background.
class Program {
 public:
  Program(const std::vector<std::string>& words, const std::filesystem::path& working_folder);
  ~Program();  // kills it if it still runs
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void send(int signal) const;
  // Waits until it is this program (one may become another) and catches the signal. These two give
  // up after two minutes, however busy the machine is.
  void await_catching(const std::string& name, int signal) const;
  // Waits until it has written so much.
  static bool await_bytes(const std::filesystem::path& file, std::uintmax_t bytes);
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
