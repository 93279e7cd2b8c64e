// SPDX-License-Identifier: Apache-2.0
// What differs is found and named.
#include "replay/compare.h"

#include <gtest/gtest.h>

#include "replay/bulk_replay.h"
#include "replay/digest.h"
#include "tests/replay/random_tiles.h"

namespace dwmtj {
namespace {

using Lines = std::vector<std::string>;

class Compare : public ::testing::Test {
 protected:
  static const ReplayOutcome& sound() {
    static const ReplayOutcome kOutcome = replay_bulk(test::random_tiles(3, 20));
    return kOutcome;
  }

  // The one line about `other_`, without its values.
  [[nodiscard]] std::string difference() const {
    const auto lines = differences(sound(), other_);
    EXPECT_EQ(lines.size(), 1U);
    return lines.empty() ? "" : lines[0].substr(0, lines[0].find(':', lines[0].find(':') + 1));
  }

  template <typename Change>
  void change(std::size_t tile, Change apply) {
    auto commands = other_.tiles[tile].commands.all();
    apply(commands);
    other_.tiles[tile].commands = CommandOutcomes(commands);
  }

  ReplayOutcome other_ = sound();
};

TEST_F(Compare, FindsNothingBetweenEquals) {
  EXPECT_EQ(differences(sound(), other_), Lines());
  EXPECT_EQ(digests_of(sound()).states, digests_of(other_).states);
}

TEST_F(Compare, FindsADeviceThatMoved) {
  ++other_.tiles[1].state.devices[1].draws;
  EXPECT_EQ(difference(), "tile1: state of device 2");
  EXPECT_NE(digests_of(sound()).states, digests_of(other_).states);
  EXPECT_EQ(digests_of(sound()).results, digests_of(other_).results);
}

TEST_F(Compare, FindsAnotherResult) {
  change(2, [](auto& commands) {
    commands[4].result.status = TileStatus::flagged;
    commands[5].result.status = TileStatus::flagged;
  });
  EXPECT_EQ(difference(), "tile2: result of command 5");  // the first of its kind
  EXPECT_NE(digests_of(sound()).results, digests_of(other_).results);
  EXPECT_EQ(digests_of(sound()).times, digests_of(other_).times);
}

TEST_F(Compare, FindsAPicosecond) {
  change(0, [](auto& commands) { ++commands[3].completed; });
  EXPECT_EQ(difference(), "tile0: time of command 4");
  EXPECT_NE(digests_of(sound()).times, digests_of(other_).times);
}

TEST_F(Compare, FindsEnergyButNoRounding) {
  change(0, [](auto& commands) { commands[3].energy *= 1.0 + 1e-14; });
  EXPECT_EQ(differences(sound(), other_), Lines());
  change(0, [](auto& commands) { commands[3].energy *= 1.0 + 1e-8; });
  EXPECT_EQ(difference(), "tile0: energy of command 4");
}

TEST_F(Compare, FindsAComparatorThatDecidedMore) {
  ++other_.tiles[0].state.decisions[0];
  EXPECT_EQ(difference(), "tile0: decisions of comparators");
}

TEST_F(Compare, FindsAnAccountThatDiffers) {
  other_.tiles[0].ledger.post(AccountId(0), 0, 0, 0.0);
  EXPECT_EQ(difference(), "tile0: write");
}

TEST_F(Compare, FindsWhatIsMissing) {
  change(0, [](auto& commands) { commands.pop_back(); });
  EXPECT_EQ(differences(sound(), other_), Lines{"tile0: 20 and 19 commands"});
  other_ = sound();
  other_.tiles[1].state.devices.pop_back();
  EXPECT_EQ(differences(sound(), other_), Lines{"tile1: 2 and 1 devices"});
  other_ = sound();
  other_.tiles.pop_back();
  EXPECT_EQ(differences(sound(), other_), Lines{"3 and 2 tiles"});
}

TEST_F(Compare, TellsSeedsApart) {
  auto tiles = test::random_tiles(3, 20);
  for (auto& tile : tiles) ++tile.options.seed;
  const auto other = replay_bulk(tiles);
  EXPECT_NE(digests_of(sound()).states, digests_of(other).states);
}

}  // namespace
}  // namespace dwmtj
