// SPDX-License-Identifier: Apache-2.0
#include "replay/digest.h"

namespace dwmtj {
namespace {

class Fnv {
 public:
  // Byte by byte from the lowest, so that the digest is the same on every machine.
  template <typename Integer>
  void add(Integer value) {
    auto bits = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(Integer); ++i, bits >>= 8U) {
      hash_ = (hash_ ^ (bits & 0xffU)) * 0x100000001b3U;
    }
  }

  // The length too, so that values cannot move from one list to the next unseen.
  template <typename Integer>
  void add(const std::vector<Integer>& values) {
    add(static_cast<std::uint64_t>(values.size()));
    for (const auto value : values) add(value);
  }

  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

void add(const std::vector<DeviceState>& states, Fnv& hash) {
  hash.add(static_cast<std::uint64_t>(states.size()));
  for (const auto& state : states) {
    hash.add(state.site);
    hash.add(state.draws);
    hash.add(state.arrival);
  }
}

void add(const TileResult& result, Fnv& hash) {
  hash.add(static_cast<std::uint8_t>(result.status));
  hash.add(result.data);
  hash.add(result.pulses);
  hash.add(result.attempts);
}

}  // namespace

Digests digests_of(const ReplayOutcome& outcome) {
  Fnv states;
  Fnv results;
  Fnv times;
  for (const auto& tile : outcome.tiles) {
    add(tile.states, states);
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
