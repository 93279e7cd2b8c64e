// SPDX-License-Identifier: Apache-2.0
#include "inference/column_placement.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

using Columns = std::vector<int>;

TEST(ColumnPlacement, IsInFrontAndStaysThereWhereAllIsWell) {
  ColumnPlacement columns(3, 5);
  EXPECT_EQ(columns.begin_writing(), (Columns{0, 1, 2}));
  columns.note({0, 0, 0, 0, 0});
  EXPECT_EQ(columns.next_try(), Columns{});
  EXPECT_EQ(columns.places(), (Columns{0, 1, 2}));
  EXPECT_EQ(columns.moved(), 0);
  EXPECT_EQ(columns.spares(), 2);
}

// Column 2 has two devices that are off, column 0 has one: the worse of them moves first.
TEST(ColumnPlacement, TheWorstColumnsMoveToSpareOnes) {
  ColumnPlacement columns(3, 4);
  columns.begin_writing();
  columns.note({1, 0, 1, 0});
  columns.note({0, 0, 1, 0});
  EXPECT_EQ(columns.next_try(), (Columns{kNoColumn, kNoColumn, 3}));
  columns.note({0, 0, 0, 0});
  columns.note({0, 0, 0, 1});
  EXPECT_EQ(columns.next_try(), Columns{}) << "no spare one is left";
  EXPECT_EQ(columns.places(), (Columns{0, 1, 3}));
  EXPECT_EQ(columns.flagged(), 2);
  EXPECT_EQ(columns.moved(), 1);
}

TEST(ColumnPlacement, ASpareOneThatIsNoBetterIsPassedOver) {
  ColumnPlacement columns(2, 5);
  columns.begin_writing();
  columns.note({1, 1, 0, 0, 0});
  EXPECT_EQ(columns.next_try(), (Columns{2, 3}));
  columns.note({0, 0, 1, 0, 0});
  EXPECT_EQ(columns.next_try(), (Columns{4, kNoColumn}));
  EXPECT_EQ(columns.places(), (Columns{0, 3}));
  columns.note({0, 0, 0, 0, 0});
  EXPECT_EQ(columns.next_try(), Columns{});
  EXPECT_EQ(columns.places(), (Columns{4, 3}));
  EXPECT_EQ(columns.flagged(), 0);
}

// A second writing is to where the first one ended.
TEST(ColumnPlacement, StaysWhereItWasMovedTo) {
  ColumnPlacement columns(2, 3);
  columns.begin_writing();
  columns.note({0, 1, 0});
  ASSERT_EQ(columns.next_try(), (Columns{kNoColumn, 2}));
  columns.note({0, 0, 0});
  ASSERT_EQ(columns.next_try(), Columns{});
  EXPECT_EQ(columns.begin_writing(), (Columns{0, 2}));
  columns.note({0, 0, 0});
  EXPECT_EQ(columns.next_try(), Columns{});
  EXPECT_EQ(columns.flagged(), 0);
}

}  // namespace
}  // namespace dwmtj
