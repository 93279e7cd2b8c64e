// SPDX-License-Identifier: Apache-2.0
#include "replay/chip_replay.h"

#include "chip/chip_map.h"
#include "replay/replay_tile.h"

namespace dwmtj {

namespace {

ChipOptions options_of(const std::vector<ReplayTile>& tiles, const TlmReplayOptions& options,
                       const Zoom& zoom) {
  ChipOptions chip{options.timing, tiles.front().options.seed, options.recording, zoom, {}};
  for (const auto& tile : tiles) chip.initial.push_back(tile.options.initial);
  return chip;
}

}  // namespace

ChipReplay::ChipReplay(const std::string& name, const ChipParameters& parameters,
                       const std::vector<ReplayTile>& tiles, const TlmReplayOptions& options,
                       const Zoom& zoom)
    : chip_(name.c_str(), parameters, *tiles.front().parameters, *tiles.front().device, ledger_,
            options_of(tiles, options, zoom)),
      host_of_(chip_.tiles(), nullptr) {
  set_quantum(options);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    if (tiles[i].entries.empty()) continue;
    const auto tile_host = name + "_" + tile_name(i) + "_host";
    host_of_[i] = &hosts_.emplace_back(tile_host.c_str(), tile_name(i), tiles[i].entries,
                                       chip_.host, chip_map::tile(i));
  }
}

std::vector<const ReplayHost*> ChipReplay::hosts() const {
  std::vector<const ReplayHost*> hosts;
  for (const auto& host : hosts_) hosts.push_back(&host);
  return hosts;
}

ReplayOutcome ChipReplay::take_outcome() {
  ReplayOutcome outcome;
  for (std::size_t i = 0; i < host_of_.size(); ++i) {
    auto& tile = outcome.tiles.emplace_back();
    tile.state = chip_.tile(i).state();
    tile.clipped_inputs = chip_.tile(i).clipped_inputs();
    if (host_of_[i] == nullptr) continue;
    outcome.interrupted = outcome.interrupted || host_of_[i]->stopped();
    tile.commands = host_of_[i]->take_outcomes();
  }
  add_ledger(ledger_, outcome.shared);
  return outcome;
}

}  // namespace dwmtj
