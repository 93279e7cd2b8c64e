// SPDX-License-Identifier: Apache-2.0
#include "replay/bulk_replay.h"

#include <algorithm>

#include "common/interrupt.h"

namespace dwmtj {
namespace {

TileOutcome replay(const ReplayTile& setup, const std::string& name) {
  Ledger ledger;
  BulkTile tile(name, *setup.parameters, *setup.device, ledger, setup.options);
  TileOutcome outcome;
  Picoseconds free = 0;
  for (const auto& entry : setup.entries) {
    if (interrupted()) break;
    const Picoseconds at = std::max(free, entry.at);
    const auto result = tile.carry_out(entry.command, at);
    free = tile.now();
    outcome.commands.push_back({result, at, free, tile.command_energy()});
  }
  outcome.state = tile.state();
  outcome.clipped_inputs = tile.clipped_inputs();
  outcome.ledger = std::move(ledger);
  return outcome;
}

}  // namespace

ReplayOutcome replay_bulk(const std::vector<ReplayTile>& tiles) {
  ReplayOutcome outcome;
  for (const auto& tile : tiles) {
    outcome.tiles.push_back(replay(tile, tile_name(outcome.tiles.size())));
    if (outcome.tiles.back().commands.size() < tile.entries.size()) outcome.interrupted = true;
  }
  return outcome;
}

}  // namespace dwmtj
