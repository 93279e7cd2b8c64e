// SPDX-License-Identifier: Apache-2.0
// Tiles that share a simulation and its books share nothing else.
#include <map>

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

constexpr ArrayShape kShape{2, 3};
constexpr int kCommands = 60;

// What `ledger` holds under `prefix`, by account and command: count, busy, joules.
std::map<std::string, Sum> books_of(const Ledger& ledger, const std::string& prefix) {
  std::map<std::string, Sum> books;
  for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
    const auto& account = ledger.accounts()[a];
    const auto& path = ledger.components()[static_cast<std::size_t>(account.component)].path;
    if (path.rfind(prefix + ".", 0) != 0) continue;
    for (std::size_t c = 0; c < ledger.commands().size(); ++c) {
      const Sum sum = ledger.sum(AccountId(a), CommandId(c));
      const auto row =
          path.substr(prefix.size()) + "." + account.action + " for " + ledger.commands()[c];
      if (sum.count > 0) books[row] = sum;
    }
  }
  return books;
}

void expect_same_books(const std::map<std::string, Sum>& a, const std::map<std::string, Sum>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [row, sum] : a) {
    ASSERT_EQ(b.count(row), 1U) << row;
    EXPECT_EQ(sum.busy, b.at(row).busy) << row;
    EXPECT_NEAR(sum.joules, b.at(row).joules, 1e-12 * sum.joules) << row;
  }
}

// The pin-level tile beside the bulk one, which no kernel and no neighbour can disturb.
void expect_as_if_alone(const HostedTile& hosted, const TileBench& bench,
                        const std::vector<TileCommand>& commands, const BulkTileOptions& options) {
  const std::string name = hosted.tile.name();
  Ledger ledger;
  BulkTile alone(name, bench.parameters, bench.device, ledger, options);
  ASSERT_TRUE(hosted.host.finished()) << name;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto& record = hosted.host.records()[i];
    EXPECT_EQ(record.result, alone.carry_out(commands[i], alone.now())) << name << " " << i;
    EXPECT_EQ(record.completed, alone.now()) << name << " " << i;
  }
  EXPECT_EQ(states_of(hosted.tile.pairs()), states_of(alone.array())) << name;
  expect_same_books(books_of(bench.ledger, name), books_of(ledger, name));
}

void expect_independent(const std::string& tile) {
  TileBench bench(tile);
  const int levels = bench.device.sites();
  const auto first = random_commands(3, kShape, levels, kCommands);
  const auto second = random_commands(4, kShape, levels, kCommands);
  HostedTile a("a", bench.parameters, bench.device, bench.ledger, TileOptions{kShape, 1, 0, 0},
               first);
  HostedTile b("b", bench.parameters, bench.device, bench.ledger, TileOptions{kShape, 1, 12, 3},
               second);
  sc_core::sc_start();
  expect_as_if_alone(a, bench, first, {kShape, 1, 0, 0});
  expect_as_if_alone(b, bench, second, {kShape, 1, 12, 3});
}

SYSTEMC_TEST(TwoTiles, TrapezoidalOnesAreEachAsIfAlone) { expect_independent("trapezoidal"); }
SYSTEMC_TEST(TwoTiles, StraightOnesAreEachAsIfAlone) { expect_independent("straight"); }

SYSTEMC_TEST(TwoTiles, OfTheSameNumbersAreTheSame) {
  const TileBench bench("straight");
  const auto commands = random_commands(3, kShape, 5, kCommands);
  const TileWithBooks a("a", bench, TileOptions{kShape}, commands);
  const TileWithBooks b("b", bench, as_twin({kShape}), commands);
  sc_core::sc_start();
  ASSERT_TRUE(a.hosted.host.finished() && b.hosted.host.finished());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    EXPECT_EQ(a.records()[i].result, b.records()[i].result) << i;
    EXPECT_EQ(a.records()[i].started, b.records()[i].started) << i;
    EXPECT_EQ(a.records()[i].duration(), b.records()[i].duration()) << i;
  }
  EXPECT_EQ(a.states(), b.states());
}

// The message of the tile that is refused beside one with the first numbers.
std::string refusal_of(const TileOptions& options) {
  const TileBench bench("straight");
  const TileWithBooks first("a", bench, TileOptions{kShape, 1, 100, 10}, {});
  try {
    const TileWithBooks second("b", bench, options, {});
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

SYSTEMC_TEST(TwoTiles, MayNotShareDevices) {
  EXPECT_EQ(refusal_of({kShape, 1, 111, 13}),
            "b: devices from 111 on are already those of a, seed 1");
}
SYSTEMC_TEST(TwoTiles, MayNotShareComparators) {
  EXPECT_EQ(refusal_of({kShape, 1, 112, 12}),
            "b: comparators from 12 on are already those of a, seed 1");
}
SYSTEMC_TEST(TwoTiles, MayLieSideBySide) { EXPECT_EQ(refusal_of({kShape, 1, 112, 13}), ""); }
SYSTEMC_TEST(TwoTiles, MayShareNumbersOfAnotherSeed) {
  EXPECT_EQ(refusal_of({kShape, 2, 100, 10}), "");
}

SYSTEMC_TEST(TwoTiles, OfOtherNumbersDiffer) {
  const TileBench bench("straight");
  const std::vector<TileCommand> commands(20, {TileOp::update, 0, Side::plus, row_of(3, 1)});
  const TileWithBooks a("a", bench, TileOptions{kShape, 1, 0, 0}, commands);
  const TileWithBooks b("b", bench, TileOptions{kShape, 1, 12, 3}, commands);
  const TileWithBooks c("c", bench, TileOptions{kShape, 2, 0, 0}, commands);
  sc_core::sc_start();
  const auto arrivals = [](const TileWithBooks& tile) {
    std::vector<std::uint32_t> draws;
    for (const auto& state : tile.states()) draws.push_back(state.arrival);
    return draws;
  };
  EXPECT_NE(arrivals(a), arrivals(b)) << "other devices";
  EXPECT_NE(arrivals(a), arrivals(c)) << "another seed";
  EXPECT_NE(a.hosted.tile.comparator(0).law().offset(), b.hosted.tile.comparator(0).law().offset());
}

}  // namespace
}  // namespace dwmtj::test
