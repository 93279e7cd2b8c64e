// SPDX-License-Identifier: Apache-2.0
#include "app/figures.h"

#include <cstdlib>
#include <spawn.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>

#include "common/build_paths.h"
#include "common/data_folder.h"

namespace dwmtj {
namespace {

std::string python() {
  if (const char* const chosen = std::getenv("DWMTJ_PYTHON")) return chosen;
  const std::string found = kPython;
  return access(found.c_str(), X_OK) == 0 ? found : "python3";
}

// Runs a program to its end; its exit status, or -1 if it could not be started.
int run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, arguments.front(), nullptr, nullptr, arguments.data(), environ) != 0) {
    return -1;
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

}  // namespace

bool draw_figures(const std::string& script, const std::filesystem::path& folder) {
  const auto path = data_folder("scripts/figures") / script;
  std::fflush(stdout);
  const int status = run({python(), path.string(), folder.string()});
  if (status == 0) return true;
  fmt::print(stderr,
             "dwmtj: no figures drawn (install python3-matplotlib, then run: python3 {} {})\n",
             path.string(), folder.string());
  return false;
}

}  // namespace dwmtj
