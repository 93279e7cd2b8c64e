// SPDX-License-Identifier: Apache-2.0
// A row that is read alone: its wire feeds the cells of the row, each of which ends in a column of
// its own. All other cells are cut off, so the network is a ladder, and exact in one sweep.
#pragma once

#include <vector>

namespace dwmtj {

// Ohms, all at least 0.
struct LadderResistances {
  double to_first;  // driver, and the wire to the first cell
  double between;   // of the wire from one cell to the next
  double behind;    // each cell's column, from the row to its ground
};

// From the conductances of cells, S, in their order along the row, 0 for none, to the current of
// each for a volt at the driver.
void read_ladder(const LadderResistances& wires, std::vector<double>& cells);

}  // namespace dwmtj
