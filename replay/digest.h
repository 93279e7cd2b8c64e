// SPDX-License-Identifier: Apache-2.0
// 64 bits that tell two outcomes apart at a glance.
#pragma once

#include <cstdint>

#include "replay/replay_outcome.h"

namespace dwmtj {

struct Digests {
  std::uint64_t states;   // of all devices: site, draws, arrival
  std::uint64_t results;  // of all commands: status, data, pulses, attempts
  std::uint64_t times;    // of all commands: started, completed
};

Digests digests_of(const ReplayOutcome& outcome);

}  // namespace dwmtj
