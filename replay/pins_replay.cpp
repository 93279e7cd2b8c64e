// SPDX-License-Identifier: Apache-2.0
#include "replay/pins_replay.h"

namespace dwmtj {
namespace {

TileOptions options_of(const ReplayTile& setup, const Stall& stall) {
  TileOptions options;
  options.shape = setup.options.shape;
  options.seed = setup.options.seed;
  options.first_device = setup.options.first_device;
  options.first_comparator = setup.options.first_comparator;
  options.stall = stall;
  options.initial = setup.options.initial;
  return options;
}

}  // namespace

PinsReplay::Bench::Bench(const ReplayTile& setup, const std::string& name, const Stall& stall)
    : tile(name.c_str(), *setup.parameters, *setup.device, ledger, options_of(setup, stall)),
      host((name + "_host").c_str(), tile, setup.entries),
      wires(tile, host) {}

PinsReplay::PinsReplay(const std::vector<ReplayTile>& tiles, const std::string& prefix,
                       Stall stall) {
  for (const auto& tile : tiles) {
    benches_.push_back(std::make_unique<Bench>(tile, prefix + tile_name(benches_.size()), stall));
  }
}

std::vector<const ReplayHost*> PinsReplay::hosts() const {
  std::vector<const ReplayHost*> hosts;
  for (const auto& bench : benches_) hosts.push_back(&bench->host);
  return hosts;
}

ReplayOutcome PinsReplay::take_outcome() {
  ReplayOutcome outcome;
  for (const auto& bench : benches_) {
    outcome.interrupted = outcome.interrupted || bench->host.stopped();
    auto& tile = outcome.tiles.emplace_back();
    tile.commands = bench->host.take_outcomes();
    tile.state = bench->tile.state();
    tile.clipped_inputs = bench->tile.clipped_inputs();
    add_ledger(bench->ledger, tile.ledger);
  }
  return outcome;
}

}  // namespace dwmtj
