// SPDX-License-Identifier: Apache-2.0
// The updates of a layer, issued as commands: its devices end where they do on the pins, in
// transactions and in bulk, at the same time and for the same energy.
#include <numeric>

#include <gtest/gtest.h>

#include "learning/device_synapses.h"
#include "learning/perceptron.h"
#include "replay/compare.h"
#include "replay/replay.h"
#include "tests/learning/small_data.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

constexpr int kTileSize = 8;

// What a layer did to its tiles in some batches, and where it left them.
struct Recorded {
  std::vector<ReplayTile> tiles;
  std::vector<std::vector<DeviceState>> states;
};

Recorded record(const WritePolicy& policy, std::uint64_t seed) {
  static const TileParameters kTile = TileParameters::load(find_tile("trapezoidal"));
  const auto& device = test::catalog_model("trapezoidal");
  static std::vector<std::unique_ptr<CodeTable>> tables;
  tables.push_back(std::make_unique<CodeTable>(device, kTile, policy.codes));
  LearningRule rule;
  rule.hidden = {};
  rule.batch = 50;
  Recorded result;
  DeviceSynapses* layer = nullptr;
  std::vector<std::vector<TraceEntry>> commands(4);
  // 16 inputs, 10 outputs filled up to 16: four tiles, from their first programming on.
  Perceptron network(rule, 16, 10, seed, [&](std::size_t, LayerShape shape, std::uint64_t first) {
    auto made = std::make_unique<DeviceSynapses>(PairKind{device, kTile, policy, *tables.back()},
                                                 shape, seed, first);
    layer = made.get();
    layer->grid().listen([&](std::size_t tile, const TileCommand& command) {
      commands[tile].push_back({kWhenFree, static_cast<std::uint32_t>(tile), command});
    });
    return made;
  });
  const auto data = small_data(50, 1);
  std::vector<std::uint32_t> which(50);
  std::iota(which.begin(), which.end(), 0U);
  for (int i = 0; i < 20; ++i) network.learn(data, which);
  std::uint64_t device_number = 0, comparator = 0;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    BulkTileOptions options;
    options.shape = {kTileSize, kTileSize};
    options.seed = seed;
    options.first_device = device_number;
    options.first_comparator = comparator;
    device_number += 2 * kTileSize * kTileSize;
    comparator += kTileSize;
    result.tiles.push_back({&kTile, &device, options, TraceEntries(commands[i])});
    result.states.push_back(layer->grid().tiles()[i]->array().states());
  }
  return result;
}

std::vector<Recorded>& recordings() {
  static std::vector<Recorded> all = [] {
    std::vector<Recorded> made;
    for (const auto mode : {UpdateMode::drawn, UpdateMode::all}) {
      WritePolicy policy;
      policy.mode = mode;
      policy.tile_size = kTileSize;
      policy.pair = mode == UpdateMode::drawn ? PairUse::refresh : PairUse::two_way;
      made.push_back(record(policy, 3 + made.size()));
    }
    return made;
  }();
  return all;
}

void expect_states(const ReplayOutcome& outcome, std::size_t first, const Recorded& recorded) {
  for (std::size_t i = 0; i < recorded.states.size(); ++i) {
    EXPECT_TRUE(outcome.tiles[first + i].state.devices == recorded.states[i]) << i;
    EXPECT_GT(outcome.tiles[first + i].commands.size(), 16U);
    for (const auto& command : outcome.tiles[first + i].commands) {
      EXPECT_EQ(command.result.status, TileStatus::ok);
    }
  }
}

// One elaboration: the tiles of both policies side by side, with seeds of their own.
TEST(LearningViews, AgreeOnEveryWall) {
  std::vector<ReplayTile> tiles;
  for (const auto& recorded : recordings()) {
    tiles.insert(tiles.end(), recorded.tiles.begin(), recorded.tiles.end());
  }
  PinsReplay pins(tiles, "pins_");
  TlmReplay transactions(tiles, {TlmTiming::at, 0.0 * si::seconds, "at_"});
  auto hosts = pins.hosts();
  for (const auto* const host : transactions.hosts()) hosts.push_back(host);
  run_to_the_end(hosts);
  const auto on_pins = pins.take_outcome();
  const auto in_transactions = transactions.take_outcome();
  const auto in_bulk = replay_bulk(tiles);
  std::size_t first = 0;
  for (const auto& recorded : recordings()) {
    expect_states(on_pins, first, recorded);
    expect_states(in_transactions, first, recorded);
    expect_states(in_bulk, first, recorded);
    first += recorded.tiles.size();
  }
  EXPECT_EQ(differences(on_pins, in_bulk), std::vector<std::string>());
  EXPECT_EQ(differences(in_transactions, in_bulk), std::vector<std::string>());
}

}  // namespace
}  // namespace dwmtj
