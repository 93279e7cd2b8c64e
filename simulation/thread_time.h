// SPDX-License-Identifier: Apache-2.0
// When a thread is: at the kernel's time where approximately timed, ahead of it by up to a quantum
// where loosely timed.
#pragma once

#include <algorithm>

#include "common/sim_time.h"
#include "tlm/initiator_port.h"

namespace dwmtj {

class ThreadTime {
 public:
  ThreadTime(TlmTiming timing, Picoseconds quantum)
      : quantum_(timing == TlmTiming::at ? 0 : quantum) {}

  [[nodiscard]] Picoseconds now() const { return std::max(local_, now_ps()); }
  [[nodiscard]] sc_core::sc_time ahead() const { return to_sc_time(now() - now_ps()); }
  // From a thread. No sooner than now.
  void wait_until(Picoseconds time) {
    local_ = std::max(now(), time);
    if (local_ - now_ps() > quantum_) sc_core::wait(ahead());
  }

 private:
  Picoseconds quantum_;
  Picoseconds local_ = 0;
};

}  // namespace dwmtj
