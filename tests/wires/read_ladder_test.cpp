// SPDX-License-Identifier: Apache-2.0
#include "wires/read_ladder.h"

#include <gtest/gtest.h>

#include "tests/wires/exact_crossbar.h"

namespace dwmtj {
namespace {

TEST(ReadLadder, WithoutWiresIsTheCellsThemselves) {
  std::vector<double> cells{1e-3, 0.0, 2e-3};
  read_ladder({0.0, 0.0, 0.0}, cells);
  EXPECT_DOUBLE_EQ(cells[0], 1e-3);
  EXPECT_EQ(cells[1], 0.0);
  EXPECT_DOUBLE_EQ(cells[2], 2e-3);
}

// 1 kohm behind 100 ohm at the row, 200 ohm at the column: 1 / 1300.
TEST(ReadLadder, OfOneCellIsASeries) {
  std::vector<double> cells{1e-3};
  read_ladder({100.0, 7.0, 200.0}, cells);
  EXPECT_DOUBLE_EQ(cells[0], 1.0 / 1300.0);
}

// 500 ohm to a node that sees 1000 and 500 + 1000 ohm, 600 together: 6/11 of the voltage.
TEST(ReadLadder, OfTwoCellsByHand) {
  std::vector<double> cells{1e-3, 1e-3};
  read_ladder({500.0, 500.0, 0.0}, cells);
  EXPECT_DOUBLE_EQ(cells[0], 6.0 / 11.0 * 1e-3);
  EXPECT_DOUBLE_EQ(cells[1], 6.0 / 11.0 / 1500.0);
}

// A crossbar all of whose other cells are cut off is the same network.
TEST(ReadLadder, IsARowOfACrossbarAlone) {
  constexpr std::size_t kRows = 5;
  constexpr std::size_t kColumns = 12;
  for (std::size_t row = 0; row < kRows; ++row) {
    std::vector<double> cells(kColumns);
    std::vector<double> array(kRows * kColumns, 0.0);
    for (std::size_t c = 0; c < kColumns; ++c) {
      cells[c] = c % 4 == 3 ? 0.0 : 1e-3 * (1.0 + 0.1 * static_cast<double>(c));
      array[row * kColumns + c] = cells[c];
    }
    const auto exact =
        test::sparse_matrix({kRows,
                             kColumns,
                             array,
                             {2.0 * si::ohms, 3.0 * si::ohms, 40.0 * si::ohms, 50.0 * si::ohms}});
    const auto below = static_cast<double>(kRows - row);
    read_ladder({42.0, 2.0, below * 3.0 + 50.0}, cells);
    for (std::size_t c = 0; c < kColumns; ++c) {
      EXPECT_NEAR(cells[c], exact[row * kColumns + c], 1e-14) << row << " " << c;
    }
  }
}

}  // namespace
}  // namespace dwmtj
