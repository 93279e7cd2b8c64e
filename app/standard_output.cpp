// SPDX-License-Identifier: Apache-2.0
#include "app/standard_output.h"

#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace dwmtj {
namespace {

std::optional<int> kept;  // the descriptor that it had, while it is shut

}  // namespace

void shut_standard_output() {
  std::fflush(stdout);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  if (!kept) kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  dup2(nowhere, STDOUT_FILENO);
  close(nowhere);
}

void reopen_standard_output() {
  if (!kept) return;
  std::fflush(stdout);
  dup2(*kept, STDOUT_FILENO);
  close(*kept);
  kept.reset();
}

}  // namespace dwmtj
