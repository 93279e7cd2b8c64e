// SPDX-License-Identifier: Apache-2.0
// Commands that are none, and hosts that disturb.
#include "rtl_models/tile_controller.h"

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

const TileCommand kRead{TileOp::read, 0, Side::plus, {}};
const TileCommand kProgram{TileOp::program, 1, Side::minus, {3, 1}};

// Offered something else all the time, and never for long enough, the tile does what it does when
// left alone.
void expect_unharmed(const std::string& tile) {
  const TileBench bench(tile);
  TileOptions options{{2, 2}};
  options.protocol = ProtocolCheck::note;
  TileWithBooks bothered("bothered", bench, options, {kProgram, kRead});
  const TileWithBooks alone("alone", bench, as_twin({{2, 2}}), {kProgram, kRead});
  bothered.hosted.host.intrude_at(0);
  bothered.hosted.host.intrude_at(1);
  sc_core::sc_start();
  ASSERT_TRUE(bothered.hosted.host.finished() && alone.hosted.host.finished());
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(bothered.records()[i].result, alone.records()[i].result) << i;
    EXPECT_EQ(bothered.records()[i].duration(), alone.records()[i].duration()) << i;
  }
  EXPECT_EQ(bothered.states(), alone.states());
  EXPECT_EQ(bothered.hosted.tile.protocol().count(HandshakeRule::none_lost), 2U);
  EXPECT_EQ(bothered.hosted.tile.commands_taken(), 2U);
}

SYSTEMC_TEST(Intrusion, LeavesATrapezoidalTileUnharmed) { expect_unharmed("trapezoidal"); }
SYSTEMC_TEST(Intrusion, LeavesAStraightTileUnharmed) { expect_unharmed("straight"); }

// Commands that are none, of every kind there is.
const std::vector<std::pair<TileCommand, TileStatus>>& wrong_commands() {
  static const std::vector<std::pair<TileCommand, TileStatus>> kCases = {
      {{TileOp::count_of_ops, 0, Side::plus, {}}, TileStatus::illegal_op},
      {{static_cast<TileOp>(7), 0, Side::plus, {0, 0}}, TileStatus::illegal_op},
      {{static_cast<TileOp>(255), 0, Side::plus, {}}, TileStatus::illegal_op},
      {{TileOp::read, 2, Side::plus, {}}, TileStatus::row_out_of_range},
      {{TileOp::reset, 0xffffffffU, Side::minus, {}}, TileStatus::row_out_of_range},
      {{TileOp::pulse, 0x80000000U, Side::minus, {1, 1}}, TileStatus::row_out_of_range},
      {{TileOp::program, 0, Side::plus, {}}, TileStatus::wrong_length},
      {{TileOp::program, 0, Side::plus, {0}}, TileStatus::wrong_length},
      {{TileOp::read, 0, Side::plus, {0, 0, 0}}, TileStatus::wrong_length},
      {{TileOp::update, 0, Side::plus, {}}, TileStatus::wrong_length},
      {{TileOp::multiply, 0, Side::plus, {1, 1, 1}}, TileStatus::wrong_length},
      {{TileOp::multiply, 0, Side::plus, {}}, TileStatus::wrong_length},
      {{TileOp::program, 0, Side::plus, {5, 0}}, TileStatus::wrong_value},
      {{TileOp::program, 0, Side::plus, {-1, 0}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {256, 0}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {0, -256}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {32767, 0}}, TileStatus::wrong_value},
      {{TileOp::update, 0, Side::plus, {2, 0}}, TileStatus::wrong_value},
      {{TileOp::update, 0, Side::plus, {0, -2}}, TileStatus::wrong_value},
      {{TileOp::multiply, 0, Side::plus, {1, 2}}, TileStatus::wrong_value},
      {{TileOp::read, 0, Side::plus, {1, 0}}, TileStatus::wrong_value},
      {{TileOp::reset, 0, Side::plus, {-1, 0}}, TileStatus::wrong_value}};
  return kCases;
}

SYSTEMC_TEST(WrongCommands, AreAnsweredCountedAndChangeNothing) {
  const TileBench bench("straight");
  const auto pattern = random_pattern({2, 2}, 5, 3);
  auto commands = pattern;
  for (const auto& [command, status] : wrong_commands()) commands.push_back(command);
  commands.push_back(kRead);
  auto sound = pattern;
  sound.push_back(kRead);
  const TileWithBooks tile("tile", bench, TileOptions{{2, 2}}, commands);
  const TileWithBooks twin("twin", bench, as_twin({{2, 2}}), sound);
  sc_core::sc_start();
  ASSERT_TRUE(tile.hosted.host.finished() && twin.hosted.host.finished());
  for (std::size_t i = 0; i < wrong_commands().size(); ++i) {
    const auto& result = tile.records()[pattern.size() + i].result;
    EXPECT_EQ(result, (TileResult{wrong_commands()[i].second, {}, {}, {}})) << i;
  }
  EXPECT_EQ(tile.hosted.tile.controller().failed(), wrong_commands().size());
  EXPECT_EQ(tile.states(), twin.states());
  EXPECT_EQ(tile.records().back().result, twin.records().back().result) << "it still works";
}

// A command of any bits at all, about every other one sound.
TileCommand any_command(Numbers& numbers, ArrayShape shape, int levels) {
  auto command = random_command(numbers, shape, levels);
  switch (numbers.below(10)) {
    case 0:
      command.op = static_cast<TileOp>(numbers.below(256));
      break;
    case 1:
      command.row = static_cast<std::uint32_t>(numbers.below(1 << 30));
      break;
    case 2:
      command.data.resize(static_cast<std::size_t>(numbers.below(2 * shape.columns)));
      break;
    case 3:
      for (auto& value : command.data) value = static_cast<std::int16_t>(numbers.below(65536));
      break;
    default:
      break;
  }
  return command;
}

// The commands that were answered as sound, put to a twin alone, leave the same devices behind.
void expect_no_harm_of_anything(const std::string& tile_name, std::uint64_t seed) {
  constexpr ArrayShape kShape{3, 4};
  TileBench bench(tile_name);
  Numbers numbers(seed);
  std::vector<TileCommand> commands;
  for (int i = 0; i < 200; ++i) {
    commands.push_back(any_command(numbers, kShape, bench.device.sites()));
  }
  TileOptions options{kShape, seed};
  options.protocol = ProtocolCheck::note;
  TileWithBooks tile("tile", bench, options, commands);
  for (std::size_t i = 0; i < commands.size(); i += 7) tile.hosted.host.intrude_at(i);
  sc_core::sc_start();
  ASSERT_TRUE(tile.hosted.host.finished()) << "hangs";
  Ledger ledger;
  BulkTile twin("twin", bench.parameters, bench.device, ledger, {kShape, seed});
  std::uint64_t sound = 0;
  for (const auto& record : tile.records()) {
    if (record.result.status > TileStatus::flagged) continue;
    EXPECT_EQ(record.result, twin.carry_out(record.command, twin.now()));
    ++sound;
  }
  EXPECT_GT(sound, 50U);
  EXPECT_LT(sound, 180U);
  EXPECT_EQ(tile.states(), states_of(twin.array()));
  EXPECT_EQ(tile.hosted.tile.protocol().count(), (commands.size() + 6) / 7);
}

TEST(AnyCommand, NeitherHangsNorReportsNorTouchesWhatItShouldNot) {
  for (const auto* tile : {"trapezoidal", "straight"}) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      EXPECT_TRUE(passes_in_child([&] { expect_no_harm_of_anything(tile, seed); }))
          << tile << " seed " << seed;
    }
  }
}

}  // namespace
}  // namespace dwmtj::test
