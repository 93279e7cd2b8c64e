// SPDX-License-Identifier: Apache-2.0
// Runs the simulation until all hosts are finished, and says who waits for what if that never
// happens.
#pragma once

#include <stdexcept>
#include <vector>

#include "replay/replay_host.h"

namespace dwmtj {

// Commands are left that will never complete.
class ReplayStuck : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// How long a host may wait for one thing: far longer than any sane command takes.
inline constexpr Picoseconds kPatience = 1'000'000'000'000;  // 1 s

// What went wrong, empty if nothing: the kernel runs out of events or a host has waited for
// `patience`, and then who waits for what; or what a host, SystemC or a module reports as failed.
std::string run_hosts(const std::vector<const ReplayHost*>& hosts,
                      Picoseconds patience = kPatience);

// The same, but throws ReplayStuck; InputError where the times that were asked for are too long to
// count. (Debian's SystemC leaves AddressSanitizer with wrong bounds of
// the stack, so that it reports any throw after a simulation: tests use run_hosts().)
void run_to_the_end(const std::vector<const ReplayHost*>& hosts, Picoseconds patience = kPatience);

}  // namespace dwmtj
