// SPDX-License-Identifier: Apache-2.0
#include "wires/read_ladder.h"

namespace dwmtj {

// Backwards what each node sees to ground, then forwards the voltage that reaches it: sums and
// quotients of positive numbers, which lose nothing.
void read_ladder(const LadderResistances& wires, std::vector<double>& cells) {
  std::vector<double> reach(cells.size());
  double behind = 0.0;
  for (std::size_t i = cells.size(); i-- > 0;) {
    if (cells[i] > 0.0) cells[i] = 1.0 / (1.0 / cells[i] + wires.behind);
    reach[i] = cells[i] + behind;
    behind = reach[i] / (1.0 + wires.between * reach[i]);
  }
  double voltage = 1.0;
  double resistance = wires.to_first;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    voltage /= 1.0 + resistance * reach[i];
    cells[i] *= voltage;
    resistance = wires.between;
  }
}

}  // namespace dwmtj
