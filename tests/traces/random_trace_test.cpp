// SPDX-License-Identifier: Apache-2.0
#include "traces/random_trace.h"

#include <map>

#include <gtest/gtest.h>

#include "traces/trace_line.h"

namespace dwmtj {
namespace {

RandomTraceOptions big() {
  RandomTraceOptions options;
  options.rows = 5;
  options.columns = 3;
  options.levels = 4;
  options.tiles = 2;
  options.first_tile = 7;
  options.commands = 5000;
  return options;
}

std::string text_of(const std::vector<TraceEntry>& entries) {
  std::string text;
  for (const auto& entry : entries) {
    append_trace_line(entry, text);
    text += '\n';
  }
  return text;
}

TEST(RandomTrace, IsAFunctionOfItsArguments) {
  auto options = big();
  options.commands = 3;
  EXPECT_EQ(random_trace(1, options), random_trace(1, options));
  auto other = options;
  other.instance = 1;
  EXPECT_NE(text_of(random_trace(1, options)), text_of(random_trace(1, other)));
  EXPECT_NE(text_of(random_trace(1, options)), text_of(random_trace(2, options)));
}

// A longer trace starts as the shorter one: a failure can be cut down.
TEST(RandomTrace, OnlyGetsLonger) {
  auto options = big();
  const auto whole = random_trace(3, options);
  options.commands = 10;
  EXPECT_EQ(random_trace(3, options), std::vector<TraceEntry>(whole.begin(), whole.begin() + 10));
}

TEST(RandomTrace, HasEverything) {
  std::map<TileOp, int> ops;
  std::map<std::uint32_t, int> tiles;
  std::map<std::uint32_t, int> rows;
  int minus = 0;
  int timed = 0;
  int skipped = 0;
  for (const auto& entry : random_trace(4, big())) {
    ++ops[entry.command.op];
    ++tiles[entry.tile];
    ++rows[entry.command.row];
    minus += entry.command.side == Side::minus ? 1 : 0;
    timed += entry.at != kWhenFree ? 1 : 0;
    for (const auto value : entry.command.data) skipped += value == kSkip ? 1 : 0;
  }
  EXPECT_EQ(ops.size(), 7U);  // the illegal one, too
  EXPECT_EQ(tiles.size(), 2U);
  EXPECT_GT(tiles[7], 2000);
  EXPECT_GT(tiles[8], 2000);
  EXPECT_GT(rows[4], 500);
  EXPECT_GT(rows[5], 0);  // there is no such row
  EXPECT_GT(minus, 1500);
  EXPECT_GT(timed, 800);
  EXPECT_GT(skipped, 500);
}

TEST(RandomTrace, IsSoundWhenAskedTo) {
  auto options = big();
  options.illegal = 0.0;
  for (const auto& [at, tile, command] : random_trace(5, options)) {
    EXPECT_LT(command.op, TileOp::count_of_ops);
    EXPECT_LT(command.row, 5U);
    const bool may_be_empty = command.op == TileOp::reset || command.op == TileOp::read;
    const auto length = command.op == TileOp::multiply ? 5U : 3U;
    if (!may_be_empty || !command.data.empty()) {
      EXPECT_EQ(command.data.size(), length);
    }
    if (command.op != TileOp::program) continue;
    for (const auto level : command.data) EXPECT_TRUE(level == kSkip || (level >= 0 && level < 4));
  }
}

TEST(RandomTrace, HasTimesThatGrow) {
  Picoseconds last = 0;
  for (const auto& entry : random_trace(6, big())) {
    if (entry.at == kWhenFree) continue;
    EXPECT_GE(entry.at, last);
    last = entry.at;
  }
}

}  // namespace
}  // namespace dwmtj
