// SPDX-License-Identifier: Apache-2.0
#include "app/figures.h"

#include <cstdlib>
#include <spawn.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>

#include "common/build_paths.h"
#include "common/complain.h"
#include "common/data_folder.h"
#include "common/disk_full_error.h"
#include "common/interrupt.h"

namespace dwmtj {
namespace {

constexpr int kNoMatplotlibStatus = 4;  // of the figure programs

std::string python() {
  if (const char* const chosen = std::getenv("DWMTJ_PYTHON")) return chosen;
  const std::string found = kPython;
  return access(found.c_str(), X_OK) == 0 ? found : "python3";
}

// Runs a program to its end; its exit status.
int run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, arguments.front(), nullptr, nullptr, arguments.data(), environ) != 0) {
    return kNoMatplotlibStatus;
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

}  // namespace

bool draw_figures(const std::string& script, const std::filesystem::path& folder) {
  const auto path = data_folder("scripts/figures") / script;
  const int status = run({python(), path.string(), folder.string(), "--quiet"});
  if (status == 0) return true;
  if (interrupted()) return false;
  if (status == kDiskFullStatus) throw DiskFullError("figures cannot be written (disk full?)");
  complain(status == kNoMatplotlibStatus
               ? "no figures drawn (install python3-matplotlib and run this again)"
               : "no figures drawn");
  return false;
}

}  // namespace dwmtj
