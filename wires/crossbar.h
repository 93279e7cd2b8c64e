// SPDX-License-Identifier: Apache-2.0
// An array of conductances between row and column wires that have resistance. Rows are driven at
// their left end or held at 0 V there, columns end in a virtual ground at the bottom; then outputs
// are linear in the inputs, and one effective matrix stands for the whole network. Definitions and
// limits: docs/wires/crossbar.md.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "common/units.h"
#include "common/vector_units.h"

namespace dwmtj {

// All at least 0. A segment is the wire from one cell to the next, or from the edge to the first.
struct WireResistances {
  Resistance row_segment;
  Resistance column_segment;
  Resistance driver;  // in series with the first row segment
  Resistance sense;   // in series with the last column segment
};

struct CrossbarOptions {
  double tolerance = 1e-6;                 // of the energy norm of the residual, against its start
  VectorUnit unit = widest_vector_unit();  // changes no result
};

class CrossbarKernel;

class Crossbar {
 public:
  // `conductances` in S, [row][column], each at least 0. Throws std::invalid_argument for another
  // size or a value that is none, std::domain_error where a resistance is below 0.
  Crossbar(int rows, int columns, std::vector<double> conductances, const WireResistances& wires,
           const CrossbarOptions& options = {});
  ~Crossbar();
  Crossbar(Crossbar&&) noexcept;
  Crossbar& operator=(Crossbar&&) noexcept;
  Crossbar(const Crossbar&) = delete;
  Crossbar& operator=(const Crossbar&) = delete;

  [[nodiscard]] int rows() const;
  [[nodiscard]] int columns() const;

  // The current into each column's ground, A, with `voltages` (V) at the drivers of the rows.
  [[nodiscard]] std::vector<double> currents(const std::vector<double>& voltages) const;

  // The conductance from each row's driver to each column's ground, S, [row][column]: currents()
  // are voltages x this matrix. Worked out on `threads` cores; the same bits for any number.
  [[nodiscard]] std::vector<double> effective_matrix(int threads = 1) const;

 private:
  std::unique_ptr<const CrossbarKernel> kernel_;
};

}  // namespace dwmtj
