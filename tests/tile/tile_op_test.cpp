// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_op.h"

#include <array>
#include <map>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(TileOps, HaveNamesOfTheirOwn) {
  EXPECT_EQ(traits_of(TileOp::program).name, "program");
  EXPECT_EQ(traits_of(static_cast<TileOp>(200)).name, "illegal");
  EXPECT_FALSE(is_op(TileOp::count_of_ops));
}

// By row, of whole rows, with an answer, in bits.
TEST(TileOps, TakeWhatTheTableSays) {
  using Flags = std::array<bool, 4>;
  const std::map<TileOp, Flags> wanted = {{TileOp::reset, {true, true, false, false}},
                                          {TileOp::pulse, {true, false, false, false}},
                                          {TileOp::program, {true, false, true, false}},
                                          {TileOp::update, {true, false, false, false}},
                                          {TileOp::read, {true, true, true, false}},
                                          {TileOp::multiply, {false, false, true, true}},
                                          {TileOp::count_of_ops, {false, true, false, false}}};
  for (const auto& [op, flags] : wanted) {
    const auto& traits = traits_of(op);
    EXPECT_EQ((Flags{traits.by_row, traits.whole_row, traits.answers, traits.in_bits}), flags)
        << traits.name;
  }
  EXPECT_EQ(wanted.size(), kTileOps + 1U);
}

PulseCount count(const TileCommand& command, const TileResult& result = {}) {
  return count_pulses(command, result, 4);
}

void expect_count(const PulseCount& seen, long cells, long pulses, long most) {
  EXPECT_EQ(seen.cells, cells);
  EXPECT_EQ(seen.pulses, pulses);
  EXPECT_EQ(seen.most, most);
}

TEST(PulseCounts, OfAResetAreItsColumns) {
  expect_count(count({TileOp::reset, 0, Side::plus, {}}), 4, 4, 1);
  expect_count(count({TileOp::reset, 0, Side::plus, {0, kSkip, 0, kSkip}}), 2, 2, 1);
}

TEST(PulseCounts, OfPulsesAreTheEntriesThatAreNotZero) {
  expect_count(count({TileOp::pulse, 0, Side::plus, {124, 0, kSkip, -3}}), 2, 2, 1);
  expect_count(count({TileOp::update, 0, Side::plus, {1, 1, -1, 0}}), 3, 3, 1);
  expect_count(count({TileOp::update, 0, Side::plus, {0, 0, 0, 0}}), 0, 0, 0);
}

TEST(PulseCounts, OfAProgramAreThoseOfItsResult) {
  const TileResult result{TileStatus::flagged, {0, 1, 0, 0}, {3, 20, 0, 0}, {1, 9, 1, 0}};
  expect_count(count({TileOp::program, 0, Side::plus, {1, 2, 0, kSkip}}, result), 2, 23, 20);
}

TEST(PulseCounts, OfWhatGivesNoneAreNone) {
  expect_count(count({TileOp::read, 0, Side::plus, {}}), 0, 0, 0);
  expect_count(count({TileOp::multiply, 0, Side::plus, {1, 1, 1, 1}}), 0, 0, 0);
  expect_count(
      count({TileOp::reset, 9, Side::plus, {}}, {TileStatus::row_out_of_range, {}, {}, {}}), 0, 0,
      0);
}

}  // namespace
}  // namespace dwmtj
