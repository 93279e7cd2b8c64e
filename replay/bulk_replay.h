// SPDX-License-Identifier: Apache-2.0
// The bulk view of a replay: no kernel, time added up. The one view that may run many times in a
// process.
#pragma once

#include "replay/replay_outcome.h"
#include "replay/replay_tile.h"

namespace dwmtj {

ReplayOutcome replay_bulk(const std::vector<ReplayTile>& tiles);

}  // namespace dwmtj
