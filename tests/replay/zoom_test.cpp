// SPDX-License-Identifier: Apache-2.0
// None, one or three tiles of a chip at their pins: not a bit, not a picosecond of difference.
#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "replay/chip_replay.h"
#include "replay/compare.h"
#include "replay/watchdog.h"
#include "tests/replay/random_tiles.h"

namespace dwmtj {
namespace {

constexpr std::size_t kCommands = 150;
constexpr double kSameEnergy = 1e-12;

struct Run {
  ReplayOutcome outcome;
  double joules;
};

// There is one simulation in this program. Twins: the chips have the same devices.
const std::vector<std::vector<Run>>& runs() {
  static const auto kAll = [] {
    const auto chip = ChipParameters::load(find_chip("bus-4"));
    const auto tiles = test::random_tiles(chip, kCommands);
    const std::vector<std::set<std::size_t>> zooms = {{}, {2}, {0, 1, 3}};
    std::vector<std::unique_ptr<ChipReplay>> replays;
    std::vector<const ReplayHost*> hosts;
    for (const auto timing : {TlmTiming::at, TlmTiming::lt}) {
      for (const auto& zoom : zooms) {
        TlmReplayOptions options;
        options.timing = timing;
        const auto name = "chip" + std::to_string(replays.size());
        replays.push_back(std::make_unique<ChipReplay>(name, chip, tiles, options,
                                                       Zoom{zoom, PinOptions{nullptr, true}}));
        for (const auto* const host : replays.back()->hosts()) hosts.push_back(host);
      }
    }
    run_to_the_end(hosts);
    std::vector<std::vector<Run>> all(2);
    for (std::size_t i = 0; i < replays.size(); ++i) {
      auto outcome = replays[i]->take_outcome();
      const double joules = in_si(outcome.ledger().total());
      all[i / zooms.size()].push_back({std::move(outcome), joules});
    }
    return all;
  }();
  return kAll;
}

void expect_same(const Run& a, const Run& b) {
  EXPECT_EQ(a.outcome.commands(), 4 * kCommands);
  const auto lines = differences(a.outcome, b.outcome);
  EXPECT_TRUE(lines.empty()) << lines.front();
  EXPECT_NEAR(a.joules, b.joules, kSameEnergy * a.joules);
  for (std::size_t t = 0; t < a.outcome.tiles.size(); ++t) {
    auto of_a = a.outcome.tiles[t].commands.begin();
    for (const auto& of_b : b.outcome.tiles[t].commands) {
      EXPECT_NEAR(in_si((*of_a).energy), in_si(of_b.energy), kSameEnergy * in_si(of_b.energy));
      ++of_a;
    }
  }
}

TEST(Zoom, ChangesNothingInFourPhases) {
  expect_same(runs()[0][0], runs()[0][1]);
  expect_same(runs()[0][0], runs()[0][2]);
}

TEST(Zoom, ChangesNothingInBlockingCalls) {
  expect_same(runs()[1][0], runs()[1][1]);
  expect_same(runs()[1][0], runs()[1][2]);
}

}  // namespace
}  // namespace dwmtj
