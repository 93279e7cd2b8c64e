// SPDX-License-Identifier: Apache-2.0
// The solver of a Crossbar: conjugate gradients on the voltages of the row nodes. The column nodes
// are eliminated (S = A_row - D A_col^-1 D) and the row wires are the preconditioner; both are
// independent tridiagonal systems, solved for many lines side by side.
#pragma once

#include <cstddef>
#include <vector>

#include "wires/crossbar.h"

namespace dwmtj {

// Independent tridiagonal systems with one off-diagonal value, one a lane: [step][lane].
struct TridiagonalLines {
  int steps = 0;
  int lanes = 0;              // padded to whole vectors
  double coupling = 0;        // S: the off-diagonals are -coupling
  std::vector<double> pivot;  // 1 / S, of the elimination
};

class CrossbarKernel {
 public:
  CrossbarKernel(int rows, int columns, const std::vector<double>& conductances,
                 const WireResistances& wires, const CrossbarOptions& options);

  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int columns() const { return columns_; }

  // Vectors of one solution; one a thread.
  struct Workspace {
    explicit Workspace(const CrossbarKernel& kernel);
    std::vector<double> residual, direction, row_image, column_image, normal, solved;
    std::vector<double> currents;  // A, of each column
  };

  // Solves for `voltages`; the result is in workspace.currents.
  void solve(const std::vector<double>& voltages, Workspace& workspace) const;
  // The same with 1 V at one row.
  void solve_row(int row, Workspace& workspace) const;

 private:
  [[nodiscard]] std::size_t nodes() const {
    return static_cast<std::size_t>(padded_rows_) * static_cast<std::size_t>(padded_columns_);
  }
  static void start(Workspace& workspace);
  void iterate(Workspace& workspace) const;
  void iterate_portable(Workspace& workspace) const;
  DWMTJ_AVX2 void iterate_avx2(Workspace& workspace) const;
  DWMTJ_AVX512 void iterate_avx512(Workspace& workspace) const;
  DWMTJ_INLINE void conjugate_gradients(Workspace& workspace) const;
  DWMTJ_INLINE void couple_through_columns(Workspace& workspace) const;

  int rows_;
  int columns_;
  int padded_rows_;
  int padded_columns_;
  double driver_;  // S, from a driver to its row's first node
  double sense_;   // S, from a column's last node to ground
  double tolerance_;
  VectorUnit unit_;
  std::vector<double> conductance_;  // S, [row][column], padded
  TridiagonalLines row_lines_;       // steps are columns, lanes are rows
  TridiagonalLines column_lines_;    // steps are rows, lanes are columns
};

}  // namespace dwmtj
