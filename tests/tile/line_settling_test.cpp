// SPDX-License-Identifier: Apache-2.0
// Driver, row, cell and column in ngspice: a step of the read voltage settles at the sense
// resistance in the time that a tile of that shape is given for its lines.
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/other_programs.h"
#include "tests/support/temporary_folder.h"
#include "tile/fitted_tile.h"

namespace dwmtj {
namespace {

constexpr double kCell = 100e3;  // ohm
constexpr double kStep = 0.1;    // V

// The last cell of the first row: the longest way. Measures when 99.9 % of the current has come.
std::string circuit(const WireParameters& wires, int rows, int columns, double time) {
  const double row = in_si(wires.row);
  const double column = in_si(wires.column);
  std::string text = fmt::format("* row, cell, column\nV1 d 0 pulse(0 {} 0 1f 1f 1 2)\n", kStep);
  text += fmt::format("Rd d r0 {}\n", in_si(wires.driver));
  for (int i = 0; i < 2 * columns; ++i) {
    text += fmt::format("Rr{0} r{0} r{1} {2}\nCr{0} r{1} 0 {3}\n", i, i + 1, row,
                        in_si(wires.row_capacitance));
  }
  text += fmt::format("Rcell r{} c0 {}\n", 2 * columns, kCell);
  for (int i = 0; i < rows; ++i) {
    text += fmt::format("Cc{0} c{0} 0 {3}\nRc{0} c{0} c{1} {2}\n", i, i + 1, column,
                        in_si(wires.column_capacitance));
  }
  const double sense = in_si(wires.sense);
  const double whole = in_si(wires.driver) + 2 * columns * row + kCell + rows * column + sense;
  return text + fmt::format(
                    "Rs c{0} 0 {1}\n.tran {2} {3} 0 {2}\n.control\nrun\n"
                    "meas tran settle when v(c{0})={4:.12g} cross=1\nquit 0\n.endc\n.end\n",
                    rows, sense, time / 500, 3 * time, 0.999 * kStep * sense / whole);
}

TileParameters tile_with(double segment, double driver, double sense) {
  auto tile = TileParameters::load(find_tile("straight-100k-wired"));
  tile.wires.row = tile.wires.column = segment * si::ohms;
  tile.wires.driver = driver * si::ohms;
  tile.wires.sense = sense * si::ohms;
  return tile;
}

void expect_settling(const TileParameters& tile, int rows, int columns) {
  const FittedTile fitted(tile, rows, columns);
  const double ours = in_si(fitted.parameters().timing.read_settle - tile.timing.read_settle);
  const TemporaryFolder folder;
  const auto file = folder.write("column.cir", circuit(tile.wires, rows, columns, ours));
  const double simulated = test::printed(test::output_of("ngspice -b " + file.string()), "settle");
  EXPECT_NEAR(ours / simulated, 1.0, 0.1) << rows << " x " << columns;
}

TEST(LineSettling, IsThatOfNgspiceWithinTenPercent) {
  if (!test::installed("ngspice")) GTEST_SKIP() << "ngspice is not installed";
  expect_settling(tile_with(0.3, 500.0, 200.0), 64, 64);   // as in the catalog
  expect_settling(tile_with(30.0, 20.0, 2000.0), 64, 32);  // lines of their own, a slow column
  expect_settling(tile_with(10.0, 100.0, 100.0), 64, 16);
}

}  // namespace
}  // namespace dwmtj
