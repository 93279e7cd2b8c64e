// SPDX-License-Identifier: Apache-2.0
#include "tile/fitted_tile.h"

#include <cmath>

namespace dwmtj {

// Sakurai, IEEE JSSC 18 (1983) 418: within 4 % for any share of driver and line.
Time settle_of_line(Resistance driver, Resistance segment, Capacitance each, int segments) {
  const double count = segments;
  const Resistance line = count * segment;
  return (0.1 * line + std::log(1000.0) * (driver + 0.4 * line)) * (count * each);
}

// To first order: half of the row's line and its driver, in series with all devices on it. What
// lifts columns lets rows draw no less, where their signs cancel (docs/wires/crossbar.md).
double left_by_rows(const WireParameters& wires, int columns, Conductance device) {
  const double places = 2.0 * columns;
  return 1.0 / (1.0 + places * device * (wires.driver + 0.5 * places * wires.row));
}

FittedTile::FittedTile(const TileParameters& tile, int rows, int columns) : tile_(tile) {
  const auto& wires = tile.wires;
  if (wires.ideal && tile.cell.access == Resistance{}) return;
  auto& fitted = fitted_.emplace(tile);
  fitted.driver.line = tile.cell.access;
  if (wires.ideal) return;
  const int places = 2 * columns;  // along a row: the plus and the minus device of each pair
  const Capacitance of_row = static_cast<double>(places) * wires.row_capacitance;
  const Time row = settle_of_line(wires.driver, wires.row, wires.row_capacitance, places);
  const Time column = settle_of_line(wires.sense, wires.column, wires.column_capacitance, rows);
  fitted.timing.select_settle += row;
  // One behind the other: of two equal ones 6 % more than it takes.
  fitted.timing.read_settle += from_si<Time>(std::hypot(in_si(row), in_si(column)));
  fitted.overhead.select += of_row * tile.driver.supply * tile.driver.supply;
  fitted.overhead.row = of_row * tile.read.voltage * tile.read.voltage;
  fitted.driver.line += static_cast<double>(rows) * wires.column;
}

}  // namespace dwmtj
