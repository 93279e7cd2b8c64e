// SPDX-License-Identifier: Apache-2.0
#include "app/python_program.h"

#include <cstdio>
#include <cstdlib>
#include <spawn.h>
#include <unistd.h>

#include <sys/wait.h>

#include "common/build_paths.h"

namespace dwmtj {
namespace {

std::string python() {
  if (const char* const chosen = std::getenv("DWMTJ_PYTHON")) return chosen;
  const std::string found = kPython;
  return access(found.c_str(), X_OK) == 0 ? found : "python3";
}

}  // namespace

int run_python(const std::filesystem::path& script, std::vector<std::string> words, int cannot) {
  words.insert(words.begin(), {python(), script.string()});
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::fflush(stdout);  // what was printed before comes first
  pid_t child = 0;
  if (posix_spawnp(&child, arguments.front(), nullptr, nullptr, arguments.data(), environ) != 0) {
    return cannot;
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

}  // namespace dwmtj
