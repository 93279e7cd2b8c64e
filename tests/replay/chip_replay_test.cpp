// SPDX-License-Identifier: Apache-2.0
// A chip leaves the states and results of the bulk view; only times differ, and only by the
// interconnect.
#include "replay/chip_replay.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "ledger/power_trace.h"
#include "replay/bulk_replay.h"
#include "replay/compare.h"
#include "replay/watchdog.h"
#include "tests/replay/random_tiles.h"
#include "tests/support/ledger_sums.h"

namespace dwmtj {
namespace {

constexpr std::size_t kCommands = 200;

struct Traces {
  ChipParameters chip;
  std::vector<ReplayTile> tiles;

  explicit Traces(const std::string& architecture)
      : chip(ChipParameters::load(find_chip(architecture))),
        tiles(test::random_tiles(chip, kCommands)) {}
};

// By the interconnect alone: what a chip adds to the tiles' own.
double beyond_tiles(const Ledger& ledger) {
  double joules = 0.0;
  for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
    const auto& path =
        ledger.components()[static_cast<std::size_t>(ledger.accounts()[a].component)].path;
    if (path.find(".tile") == std::string::npos) joules += ledger.sum(AccountId(a)).joules;
  }
  return joules;
}

TEST(ChipReplay, LeavesTheStatesAndResultsOfTheBulkView) {
  const Traces traces("bus-4");
  TlmReplayOptions options;
  ChipReplay at("at", traces.chip, traces.tiles, options);
  options.timing = TlmTiming::lt;
  ChipReplay lt("lt", traces.chip, traces.tiles, options);
  const PowerTrace power(at.ledger(), 1'000'000);

  auto hosts = at.hosts();
  for (const auto* const host : lt.hosts()) hosts.push_back(host);
  ASSERT_EQ(run_hosts(hosts), "");

  const auto bulk = replay_bulk(traces.tiles);
  const auto of_at = at.take_outcome();
  const auto of_lt = lt.take_outcome();
  ASSERT_EQ(of_at.commands(), traces.tiles.size() * kCommands);
  EXPECT_TRUE(differences_at_tiles(bulk, of_at).empty());
  EXPECT_TRUE(differences_at_tiles(bulk, of_lt).empty());
  EXPECT_FALSE(differences(bulk, of_at).empty()) << "the interconnect takes time";

  // Loosely timed, nothing waits for a channel: a lower bound, here of the end of every tile.
  EXPECT_GT(at.chip().interconnect().network().waited(), 0);
  EXPECT_EQ(lt.chip().interconnect().network().waited(), 0);
  for (std::size_t i = 0; i < of_at.tiles.size(); ++i) {
    EXPECT_LE(bulk.tiles[i].commands.back().completed, of_lt.tiles[i].commands.back().completed);
    EXPECT_LE(of_lt.tiles[i].commands.back().completed, of_at.tiles[i].commands.back().completed);
  }

  for (const auto& ledger : {of_at.ledger(), of_lt.ledger()}) {
    const double total = in_si(ledger.total());
    EXPECT_GT(in_si(ledger.leaked()), 0.0);
    EXPECT_NEAR(test::by_component(ledger), total, 1e-12 * total);
    EXPECT_NEAR(test::by_command(ledger), in_si(ledger.posted()), 1e-12 * total);
    // The tiles have spent what they spend in the bulk view; the rest is the interconnect's.
    EXPECT_NEAR(in_si(ledger.posted()) - beyond_tiles(ledger), in_si(bulk.ledger().posted()),
                1e-9 * total);
  }
  EXPECT_NEAR(in_si(power.integral()), in_si(at.ledger().posted()),
              1e-9 * in_si(at.ledger().posted()));
  EXPECT_NEAR(beyond_tiles(at.ledger()), beyond_tiles(lt.ledger()),
              1e-9 * beyond_tiles(at.ledger()));
  EXPECT_GT(beyond_tiles(at.ledger()), 0.0);
}

}  // namespace
}  // namespace dwmtj
