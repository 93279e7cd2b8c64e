// SPDX-License-Identifier: Apache-2.0
// Random traces in one elaboration on the pins, with both timings of transactions, and in bulk: not
// a bit of difference.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include <gtest/gtest.h>

#include "replay/compare.h"
#include "replay/digest.h"
#include "replay/replay.h"
#include "tests/replay/random_tiles.h"
#include "tile/tile_op.h"

namespace dwmtj {
namespace {

// A thousand random traces, each on a tile of its own; more by $DWMTJ_TRACES.
const std::size_t kTiles = [] {
  const char* const asked = std::getenv("DWMTJ_TRACES");
  return asked != nullptr ? std::max<std::size_t>(36, std::strtoul(asked, nullptr, 10)) : 1000;
}();
constexpr std::size_t kCommands = 40;
constexpr Picoseconds kFarAway = 5 * kPatience;  // a host may sleep for longer than it may hang

// Gives up early: so that cells are flagged.
const TileParameters& hasty_tile() {
  static const TileParameters kHasty = [] {
    auto tile = test::catalog_tile(test::kTrapezoid);
    tile.verify.pulses = 3;
    return tile;
  }();
  return kHasty;
}

// The catalog's 1 GHz, and clocks whose periods are no whole picoseconds.
const TileParameters& clocked(const TileParameters& tile, std::size_t clock) {
  static std::map<std::pair<const TileParameters*, std::size_t>, TileParameters> clocks;
  auto& made = clocks[{&tile, clock}];
  if (made.name.empty()) {
    constexpr std::array<double, 3> kGigahertz = {1.0, 1.2, 3.0};
    made = tile;
    made.timing.clock_period = from_si<Time>(1e-9 / kGigahertz[clock]);
  }
  return made;
}

std::vector<ReplayTile> make_tiles() {
  auto tiles = test::random_tiles(kTiles, kCommands);
  tiles[0].entries.push_back({kFarAway, 0, {TileOp::read, 0, Side::plus, {}}});
  tiles[1].entries.clear();
  for (std::size_t i = 3; i < tiles.size(); i += 4) tiles[i].parameters = &hasty_tile();
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    tiles[i].parameters = &clocked(*tiles[i].parameters, i / 4 % 3);
  }
  return tiles;
}

struct Outcomes {
  ReplayOutcome pins, at, lt, bulk;
};

// There is one simulation in this program, for all tests.
const Outcomes& outcomes() {
  static const Outcomes kAll = [] {
    const auto tiles = make_tiles();
    PinsReplay pins(tiles, "pins_");
    TlmReplay at(tiles, {TlmTiming::at, 0.0 * si::seconds, "at_"});
    TlmReplay lt(tiles, {TlmTiming::lt, 3e-6 * si::seconds, "lt_"});
    auto hosts = pins.hosts();
    for (const auto* const host : at.hosts()) hosts.push_back(host);
    for (const auto* const host : lt.hosts()) hosts.push_back(host);
    run_to_the_end(hosts);
    return Outcomes{pins.take_outcome(), at.take_outcome(), lt.take_outcome(), replay_bulk(tiles)};
  }();
  return kAll;
}

void expect_agreement(const ReplayOutcome& a, const ReplayOutcome& b) {
  EXPECT_EQ(differences(a, b), std::vector<std::string>());
  EXPECT_EQ(digests_of(a).states, digests_of(b).states);
  EXPECT_EQ(digests_of(a).results, digests_of(b).results);
  EXPECT_EQ(digests_of(a).times, digests_of(b).times);
  EXPECT_NEAR(in_si(a.ledger().total()) / in_si(b.ledger().total()), 1.0, kEnergyTolerance);
}

TEST(ViewsAgree, PinsAndBulk) { expect_agreement(outcomes().pins, outcomes().bulk); }
TEST(ViewsAgree, FourPhasesAndBulk) { expect_agreement(outcomes().at, outcomes().bulk); }
TEST(ViewsAgree, BlockingCallsAndBulk) { expect_agreement(outcomes().lt, outcomes().bulk); }

TEST(ViewsAgree, OnAllCommandsOfTheTraces) {
  EXPECT_EQ(outcomes().bulk.commands(), (kTiles - 1) * kCommands + 1);
  EXPECT_FALSE(outcomes().pins.interrupted);
  std::vector<int> statuses(static_cast<std::size_t>(TileStatus::count_of_statuses), 0);
  for (const auto& tile : outcomes().pins.tiles) {
    for (const auto& command : tile.commands) {
      ++statuses[static_cast<std::size_t>(command.result.status)];
    }
  }
  for (std::size_t i = 0; i < statuses.size(); ++i) EXPECT_GT(statuses[i], 0) << i;
}

TEST(ViewsAgree, OnTheStartsThatTheTracesAskFor) {
  const auto tiles = make_tiles();
  const auto& last = outcomes().pins.tiles[0].commands.back();
  EXPECT_EQ(last.started, kFarAway);
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    Picoseconds free = 0;
    const auto& commands = outcomes().pins.tiles[t].commands;
    ASSERT_EQ(commands.size(), tiles[t].entries.size());
    auto entry = tiles[t].entries.begin();
    for (const auto& command : commands) {
      EXPECT_EQ(command.started, std::max(free, entry->at));
      free = command.completed;
      ++entry;
    }
  }
}

// Sums of joules are left to the rounding of their order; how often what happened is not.
TEST(ViewsAgree, OnTheCountsOfEveryAccount) {
  const auto counts = [](const ReplayOutcome& outcome) {
    std::vector<std::uint64_t> all;
    for (const auto& tile : outcome.tiles) {
      for (std::size_t a = 0; a < tile.ledger.accounts().size(); ++a) {
        if (tile.ledger.accounts()[a].action == "access") continue;  // of registers: transactions
        all.push_back(tile.ledger.sum(AccountId(a)).count);
      }
    }
    return all;
  };
  EXPECT_EQ(counts(outcomes().pins), counts(outcomes().bulk));
  EXPECT_EQ(counts(outcomes().at), counts(outcomes().bulk));
}

// What each command says it pulsed is what the ledger counts.
TEST(ViewsAgree, OnPulses) {
  const auto tiles = make_tiles();
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    const auto& outcome = outcomes().bulk.tiles[t];
    long pulses = 0;
    auto entry = tiles[t].entries.begin();
    for (const auto& command : outcome.commands) {
      const auto columns = tiles[t].options.shape.columns;
      pulses += count_pulses(entry->command, command.result, columns).pulses;
      ++entry;
    }
    std::uint64_t written = 0;
    for (std::size_t a = 0; a < outcome.ledger.accounts().size(); ++a) {
      const bool write = outcome.ledger.accounts()[a].action == "write";
      if (write) written += outcome.ledger.sum(AccountId(a)).count;
    }
    EXPECT_EQ(written, static_cast<std::uint64_t>(pulses)) << t;
  }
}

// What a command cost is in the ledger once.
TEST(ViewsAgree, OnEnergyByCommandAndByAccount) {
  for (const auto* const outcome : {&outcomes().pins, &outcomes().at, &outcomes().bulk}) {
    double joules = 0.0;
    for (const auto& tile : outcome->tiles) {
      for (const auto& command : tile.commands) joules += in_si(command.energy);
    }
    EXPECT_NEAR(in_si(outcome->ledger().posted()) / joules, 1.0, kEnergyTolerance);
  }
}

}  // namespace
}  // namespace dwmtj
