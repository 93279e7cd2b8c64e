// SPDX-License-Identifier: Apache-2.0
#include "wires/crossbar_kernel.h"

#include <algorithm>
#include <array>

namespace dwmtj {
namespace {

constexpr int kLanes = 8;  // sums are kept in as many parts, so that all vector units give the same
constexpr int kMostIterations = 1000;
constexpr double kLeastResistance = 1e-9;  // ohm: what stands for a wire without resistance

int padded(int count) { return (count + kLanes - 1) / kLanes * kLanes; }

double siemens(double ohms) { return 1.0 / std::max(ohms, kLeastResistance); }

// Pivots of the elimination from step 0 on. `first_end` and `last_end`: what ties the ends of a
// line to the outside, S. `reach` is the conductance to ground that a node sees away from the step
// behind it; kept apart from the coupling it loses nothing, however good the wires are.
TridiagonalLines factorise(int steps, int lanes, double coupling, double first_end, double last_end,
                           const std::vector<double>& loads) {
  TridiagonalLines lines{steps, lanes, coupling, std::vector<double>(loads.size())};
  for (int lane = 0; lane < lanes; ++lane) {
    double reach = first_end;
    for (int step = 0; step < steps; ++step) {
      const auto at = static_cast<std::size_t>(step) * static_cast<std::size_t>(lanes) +
                      static_cast<std::size_t>(lane);
      if (step > 0) reach = coupling * reach / (coupling + reach);
      reach += loads[at];
      lines.pivot[at] = 1.0 / (reach + (step + 1 < steps ? coupling : last_end));
    }
  }
  return lines;
}

std::vector<double> transposed(const std::vector<double>& matrix, int rows, int columns) {
  std::vector<double> result(matrix.size());
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      result[static_cast<std::size_t>(j) * static_cast<std::size_t>(rows) +
             static_cast<std::size_t>(i)] =
          matrix[static_cast<std::size_t>(i) * static_cast<std::size_t>(columns) +
                 static_cast<std::size_t>(j)];
    }
  }
  return result;
}

// to[j][i] = from[i][j], both dimensions multiples of kLanes.
DWMTJ_INLINE void transpose(const double* from, double* to, int rows, int columns) {
  const auto stride_from = static_cast<std::size_t>(columns);
  const auto stride_to = static_cast<std::size_t>(rows);
  for (std::size_t i = 0; i < stride_to; i += kLanes) {
    for (std::size_t j = 0; j < stride_from; j += kLanes) {
      for (std::size_t b = 0; b < kLanes; ++b) {
        for (std::size_t a = 0; a < kLanes; ++a) {
          to[(j + b) * stride_to + i + a] = from[(i + a) * stride_from + j + b];
        }
      }
    }
  }
}

DWMTJ_INLINE double total(const std::array<double, kLanes>& parts) {
  double sum = 0.0;
  for (const double part : parts) sum += part;
  return sum;
}

// One vector of kLanes places after the other: body(place, lane).
template <typename Body>
DWMTJ_INLINE void for_places(std::size_t first, std::size_t end, Body body) {
  for (std::size_t k = first; k < end; k += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) body(k + lane, lane);
  }
}

// x = lines^-1 right(place); then(place, x) is called as soon as x is known there.
template <typename Right, typename Then>
DWMTJ_INLINE void solve_lines(const TridiagonalLines& lines, double* x, Right right, Then then) {
  const auto lanes = static_cast<std::size_t>(lines.lanes);
  const auto end = static_cast<std::size_t>(lines.steps) * lanes;
  const double coupling = lines.coupling;
  const double* const pivot = lines.pivot.data();
  for_places(0, lanes, [=](std::size_t k, std::size_t) { x[k] = right(k) * pivot[k]; });
  for_places(lanes, end, [=](std::size_t k, std::size_t) {
    x[k] = (right(k) + coupling * x[k - lanes]) * pivot[k];
  });
  for_places(end - lanes, end, [=](std::size_t k, std::size_t) { then(k, x[k]); });
  for (std::size_t at = end - lanes; at > 0; at -= lanes) {
    for_places(at - lanes, at, [=](std::size_t k, std::size_t) {
      x[k] += coupling * pivot[k] * x[k + lanes];
      then(k, x[k]);
    });
  }
}

}  // namespace

CrossbarKernel::Workspace::Workspace(const CrossbarKernel& kernel)
    : residual(kernel.nodes()),
      direction(kernel.nodes()),
      row_image(kernel.nodes()),
      column_image(kernel.nodes()),
      normal(kernel.nodes()),
      solved(kernel.nodes()),
      currents(static_cast<std::size_t>(kernel.padded_columns_)) {}

CrossbarKernel::CrossbarKernel(int rows, int columns, const std::vector<double>& conductances,
                               const WireResistances& wires, const CrossbarOptions& options)
    : rows_(rows),
      columns_(columns),
      padded_rows_(padded(rows)),
      padded_columns_(padded(columns)),
      driver_(siemens(in_si(wires.driver + wires.row_segment))),
      sense_(siemens(in_si(wires.sense + wires.column_segment))),
      tolerance_(options.tolerance),
      unit_(options.unit),
      conductance_(nodes(), 0.0) {
  for (int i = 0; i < rows; ++i) {
    std::copy_n(
        &conductances[static_cast<std::size_t>(i) * static_cast<std::size_t>(columns)], columns,
        &conductance_[static_cast<std::size_t>(i) * static_cast<std::size_t>(padded_columns_)]);
  }
  const double row = siemens(in_si(wires.row_segment));
  const double column = siemens(in_si(wires.column_segment));
  // A line that is only padding carries no current, whatever its ends are.
  row_lines_ = factorise(columns, padded_rows_, row, driver_, 0.0,
                         transposed(conductance_, padded_rows_, padded_columns_));
  column_lines_ = factorise(rows, padded_columns_, column, 0.0, sense_, conductance_);
}

void CrossbarKernel::solve(const std::vector<double>& voltages, Workspace& workspace) const {
  start(workspace);
  for (std::size_t i = 0; i < voltages.size(); ++i) workspace.residual[i] = driver_ * voltages[i];
  iterate(workspace);
}

void CrossbarKernel::solve_row(int row, Workspace& workspace) const {
  start(workspace);
  workspace.residual[static_cast<std::size_t>(row)] = driver_;
  iterate(workspace);
}

void CrossbarKernel::start(Workspace& workspace) {
  for (auto* const vector : {&workspace.residual, &workspace.direction, &workspace.row_image,
                             &workspace.column_image, &workspace.normal, &workspace.currents}) {
    std::fill(vector->begin(), vector->end(), 0.0);
  }
}

void CrossbarKernel::iterate(Workspace& workspace) const {
  switch (unit_) {
    case VectorUnit::avx512:
      return iterate_avx512(workspace);
    case VectorUnit::avx2:
      return iterate_avx2(workspace);
    case VectorUnit::none:
      return iterate_portable(workspace);
  }
}

void CrossbarKernel::iterate_portable(Workspace& workspace) const {
  conjugate_gradients(workspace);
}
void CrossbarKernel::iterate_avx2(Workspace& workspace) const { conjugate_gradients(workspace); }
void CrossbarKernel::iterate_avx512(Workspace& workspace) const { conjugate_gradients(workspace); }

// column_image = D A_col^-1 D direction, in the rows' layout; solved holds the voltages of the
// column nodes in the columns' layout, whose last row makes the currents.
void CrossbarKernel::couple_through_columns(Workspace& w) const {
  const double* const cell = conductance_.data();
  double* const normal = w.normal.data();
  transpose(w.direction.data(), normal, padded_columns_, padded_rows_);
  solve_lines(
      column_lines_, w.solved.data(), [=](std::size_t k) { return cell[k] * normal[k]; },
      [=](std::size_t k, double voltage) { normal[k] = cell[k] * voltage; });
  transpose(normal, w.column_image.data(), padded_rows_, padded_columns_);
}

void CrossbarKernel::conjugate_gradients(Workspace& w) const {
  double* const residual = w.residual.data();
  double* const direction = w.direction.data();
  double* const row_image = w.row_image.data();  // A_row direction: needs no product of its own
  const double* const column_image = w.column_image.data();
  double* const solved = w.solved.data();
  const double* const last_row =
      solved + static_cast<std::size_t>(rows_ - 1) * static_cast<std::size_t>(padded_columns_);
  const auto end = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(padded_rows_);
  double before = 1.0;
  double limit = 0.0;
  for (int iteration = 0; iteration < kMostIterations; ++iteration) {
    solve_lines(
        row_lines_, solved, [=](std::size_t k) { return residual[k]; }, [](std::size_t, double) {});
    std::array<double, kLanes> squares{};
    for_places(0, end,
               [&](std::size_t k, std::size_t lane) { squares[lane] += residual[k] * solved[k]; });
    const double square = total(squares);
    if (iteration == 0) limit = tolerance_ * tolerance_ * square;
    if (!(square > limit)) return;
    const double share = iteration == 0 ? 0.0 : square / before;
    before = square;
    for_places(0, end, [=](std::size_t k, std::size_t) {
      direction[k] = solved[k] + share * direction[k];
      row_image[k] = residual[k] + share * row_image[k];
    });
    couple_through_columns(w);
    std::array<double, kLanes> products{};
    for_places(0, end, [&](std::size_t k, std::size_t lane) {
      products[lane] += direction[k] * (row_image[k] - column_image[k]);
    });
    const double length = square / total(products);
    for_places(0, end, [=](std::size_t k, std::size_t) {
      residual[k] -= length * (row_image[k] - column_image[k]);
    });
    double* const currents = w.currents.data();
    for_places(0, w.currents.size(),
               [=](std::size_t j, std::size_t) { currents[j] += length * sense_ * last_row[j]; });
  }
}

}  // namespace dwmtj
