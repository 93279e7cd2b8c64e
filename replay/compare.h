// SPDX-License-Identifier: Apache-2.0
// Do two views of a replay agree?
#pragma once

#include <string>
#include <vector>

#include "replay/replay_outcome.h"

namespace dwmtj {

// Energies are sums of the same terms in another order; all else must be equal to the bit.
inline constexpr double kEnergyTolerance = 1e-10;

// What differs, the first thing of each kind for each tile; empty when the two agree.
std::vector<std::string> differences(const ReplayOutcome& a, const ReplayOutcome& b);

// The same of states, results and each command's energy at its tile, but of no times: a chip's have
// its interconnect in them.
std::vector<std::string> differences_at_tiles(const ReplayOutcome& a, const ReplayOutcome& b);

}  // namespace dwmtj
