// SPDX-License-Identifier: Apache-2.0
#include "common/interrupt.h"

#include <csignal>

namespace dwmtj {
namespace {

volatile std::sig_atomic_t signal_seen = 0;

void on_signal(int number) {
  if (signal_seen != 0) {
    std::signal(number, SIG_DFL);
    std::raise(number);
  }
  signal_seen = 1;
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

bool interrupted() { return signal_seen != 0; }

}  // namespace dwmtj
