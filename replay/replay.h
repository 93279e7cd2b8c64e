// SPDX-License-Identifier: Apache-2.0
// One view on its own. SystemC elaborates once in a process, so replay_pins() and replay_tlm() work
// once, and not both; to run them side by side, build PinsReplay and TlmReplay with prefixes and
// give the hosts of both to one run_to_the_end().
#pragma once

#include "replay/bulk_replay.h"
#include "replay/pins_replay.h"
#include "replay/tlm_replay.h"
#include "replay/watchdog.h"

namespace dwmtj {

inline ReplayOutcome replay_pins(const std::vector<ReplayTile>& tiles) {
  PinsReplay replay(tiles);
  run_to_the_end(replay.hosts());
  return replay.take_outcome();
}

inline ReplayOutcome replay_tlm(const std::vector<ReplayTile>& tiles,
                                const TlmReplayOptions& options = {}) {
  TlmReplay replay(tiles, options);
  run_to_the_end(replay.hosts());
  return replay.take_outcome();
}

}  // namespace dwmtj
