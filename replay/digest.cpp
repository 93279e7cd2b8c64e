// SPDX-License-Identifier: Apache-2.0
#include "replay/digest.h"

#include "common/fnv_digest.h"

namespace dwmtj {
namespace {

void add(const std::vector<DeviceState>& states, FnvDigest& hash) {
  hash.add(static_cast<std::uint64_t>(states.size()));
  for (const auto& state : states) {
    hash.add(state.site);
    hash.add(state.draws);
    hash.add(state.arrival);
  }
}

void add(const TileResult& result, FnvDigest& hash) {
  hash.add(static_cast<std::uint8_t>(result.status));
  hash.add(result.data);
  hash.add(result.pulses);
  hash.add(result.attempts);
}

}  // namespace

Digests digests_of(const ReplayOutcome& outcome) {
  FnvDigest states;
  FnvDigest results;
  FnvDigest times;
  for (const auto& tile : outcome.tiles) {
    add(tile.state.devices, states);
    results.add(static_cast<std::uint64_t>(tile.commands.size()));
    times.add(static_cast<std::uint64_t>(tile.commands.size()));
    for (const auto& command : tile.commands) {
      add(command.result, results);
      times.add(command.started);
      times.add(command.completed);
    }
  }
  return {states.value(), results.value(), times.value()};
}

}  // namespace dwmtj
