// SPDX-License-Identifier: Apache-2.0
#include "replay/tlm_replay.h"

#include "common/sim_time.h"

namespace dwmtj {
namespace {

TlmTileOptions options_of(const ReplayTile& setup) {
  TlmTileOptions options;
  options.tile = setup.options;
  return options;
}

}  // namespace

TlmReplay::Bench::Bench(const ReplayTile& setup, const std::string& name,
                        const TlmReplayOptions& options)
    : tile(name.c_str(), *setup.parameters, *setup.device, ledger, options_of(setup)),
      port((name + "_port").c_str(), options.timing),
      host((name + "_host").c_str(), name, setup.entries, port),
      recorder(bind_recorded(options.recording, port.socket, tile.socket)) {
  tile.interrupt(interrupt);
}

void set_quantum(const TlmReplayOptions& options) {
  if (options.timing != TlmTiming::lt) return;
  tlm_utils::tlm_quantumkeeper::set_global_quantum(to_sc_time(to_picoseconds(options.quantum)));
}

TlmReplay::TlmReplay(const std::vector<ReplayTile>& tiles, const TlmReplayOptions& options) {
  set_quantum(options);
  for (const auto& tile : tiles) {
    benches_.push_back(
        std::make_unique<Bench>(tile, options.prefix + tile_name(benches_.size()), options));
  }
}

std::vector<const ReplayHost*> TlmReplay::hosts() const {
  std::vector<const ReplayHost*> hosts;
  for (const auto& bench : benches_) hosts.push_back(&bench->host);
  return hosts;
}

ReplayOutcome TlmReplay::take_outcome() {
  ReplayOutcome outcome;
  for (const auto& bench : benches_) {
    outcome.interrupted = outcome.interrupted || bench->host.stopped();
    auto& tile = outcome.tiles.emplace_back();
    tile.commands = bench->host.take_outcomes();
    tile.state = bench->tile.state();
    tile.clipped_inputs = bench->tile.tile().clipped_inputs();
    add_ledger(bench->ledger, tile.ledger);
  }
  return outcome;
}

}  // namespace dwmtj
