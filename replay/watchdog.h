// SPDX-License-Identifier: Apache-2.0
// Runs the simulation until all hosts are finished, and says who waits for what if that never
// happens.
#pragma once

#include <stdexcept>
#include <vector>

#include "replay/replay_host.h"

namespace dwmtj {

// Commands are left and nothing completes.
class ReplayStuck : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// How long a host may wait for one thing: far longer than any sane command takes.
inline constexpr Picoseconds kPatience = 1'000'000'000'000;  // 1 s

// Throws ReplayStuck, naming the hosts that wait, when the kernel runs out of events or a host has
// waited for `patience`; std::runtime_error for what a host, SystemC or a module reports as failed.
void run_to_the_end(const std::vector<const ReplayHost*>& hosts, Picoseconds patience = kPatience);

}  // namespace dwmtj
