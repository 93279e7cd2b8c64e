// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_command.h"

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

template <typename Value>
std::string printed(const Value& value) {
  std::ostringstream stream;
  stream << value;
  return stream.str();
}

TEST(TileCommand, EqualsOnlyItself) {
  const TileCommand command{TileOp::program, 3, Side::minus, {1, 2}};
  EXPECT_TRUE(command == (TileCommand{TileOp::program, 3, Side::minus, {1, 2}}));
  const std::vector<TileCommand> others = {{TileOp::pulse, 3, Side::minus, {1, 2}},
                                           {TileOp::program, 2, Side::minus, {1, 2}},
                                           {TileOp::program, 3, Side::plus, {1, 2}},
                                           {TileOp::program, 3, Side::minus, {1}},
                                           {TileOp::program, 3, Side::minus, {1, kSkip}}};
  for (const auto& other : others) EXPECT_FALSE(command == other) << other;
}

TEST(TileResult, EqualsOnlyItself) {
  const TileResult result{TileStatus::flagged, {1}, {7}, {2}};
  EXPECT_TRUE(result == (TileResult{TileStatus::flagged, {1}, {7}, {2}}));
  const std::vector<TileResult> others = {{TileStatus::ok, {1}, {7}, {2}},
                                          {TileStatus::flagged, {0}, {7}, {2}},
                                          {TileStatus::flagged, {1}, {8}, {2}},
                                          {TileStatus::flagged, {1}, {7}, {3}}};
  for (const auto& other : others) EXPECT_FALSE(result == other) << other;
}

TEST(TileOp, HasANameOfItsOwn) {
  std::set<std::string> names;
  for (int op = 0; op < static_cast<int>(TileOp::count_of_ops); ++op) {
    names.insert(name_of(static_cast<TileOp>(op)));
  }
  EXPECT_EQ(names,
            (std::set<std::string>{"multiply", "program", "pulse", "read", "reset", "update"}));
  EXPECT_EQ(name_of(TileOp::count_of_ops), "illegal");
  EXPECT_EQ(name_of(static_cast<TileOp>(200)), "illegal");
}

TEST(TileStatus, HasTheNameOfItsDocument) {
  EXPECT_EQ(name_of(TileStatus::ok), "ok");
  EXPECT_EQ(name_of(TileStatus::flagged), "flagged");
  EXPECT_EQ(name_of(TileStatus::illegal_op), "illegal op");
  EXPECT_EQ(name_of(TileStatus::row_out_of_range), "row out of range");
  EXPECT_EQ(name_of(TileStatus::wrong_length), "wrong length");
  EXPECT_EQ(name_of(TileStatus::wrong_value), "wrong value");
  EXPECT_EQ(name_of(TileStatus::wrong_bits), "wrong bits");
}

TEST(TileCommand, IsPrintedWithWhereItGoes) {
  EXPECT_EQ(printed(TileCommand{TileOp::read, 12, Side::minus, {}}), "read row 12 minus");
  EXPECT_EQ(printed(TileResult{TileStatus::wrong_value, {}, {}, {}}), "wrong value");
}

}  // namespace
}  // namespace dwmtj
