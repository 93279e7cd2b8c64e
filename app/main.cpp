// SPDX-License-Identifier: Apache-2.0
// The `dwmtj` command, and its parts, such as the one that simulates, `dwmtj-simulate`. Exit
// status: 0 done, 1 failed inside or not as expected, 2 wrong input, 3 something could not be
// written, 130 interrupted.
#include "app/entry.h"
#include "common/complain.h"
#include "common/interrupt.h"

int main(int argc, char** argv) {
  dwmtj::catch_interrupts();
  const std::vector<std::string> words(argv, argv + argc);
  const auto end = dwmtj::run_command(words, words);
  if (!end.error.empty()) dwmtj::complain(end.error);
  return end.status;
}
