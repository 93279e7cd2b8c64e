// SPDX-License-Identifier: Apache-2.0
#include "app/quiet_option.h"

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace dwmtj {
namespace {

// Also for programs that this one starts.
void close_mouth() {
  std::fflush(stdout);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  dup2(nowhere, STDOUT_FILENO);
  close(nowhere);
}

}  // namespace

void add_quiet_options(CLI::App& app) {
  for (auto* const command : app.get_subcommands({})) {
    if (command->get_option_no_throw("--out") == nullptr) continue;
    if (command->get_option_no_throw("--quiet") != nullptr) continue;
    command->add_flag_callback("--quiet", close_mouth, "Print nothing but what went wrong");
  }
}

}  // namespace dwmtj
