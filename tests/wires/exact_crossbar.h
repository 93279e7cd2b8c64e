// SPDX-License-Identifier: Apache-2.0
// Two exact solutions of a crossbar to compare with: all nodes at once by a sparse factorisation,
// and row by row with dense blocks, which shares nothing with the first.
#pragma once

#include <cstddef>
#include <vector>

#include "wires/crossbar.h"

namespace dwmtj::test {

struct ExactCrossbar {
  int rows = 0;
  int columns = 0;
  std::vector<double> conductances;  // S, [row][column]
  WireResistances wires;             // all above 0 but driver and sense

  // Where a cell is in `conductances`.
  [[nodiscard]] std::size_t cell(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
  }
};

// S, [row][column], as Crossbar::effective_matrix().
std::vector<double> sparse_matrix(const ExactCrossbar& crossbar);
std::vector<double> riccati_matrix(const ExactCrossbar& crossbar);

// W, from all drivers together, at these voltages: what rows drive into one another included.
double sparse_power(const ExactCrossbar& crossbar, const std::vector<double>& voltages);

}  // namespace dwmtj::test
