// SPDX-License-Identifier: Apache-2.0
#include "wires/crossbar.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <tbb/enumerable_thread_specific.h>

#include "common/on_threads.h"
#include "common/parallel_for.h"
#include "wires/crossbar_kernel.h"

namespace dwmtj {
namespace {

void check(int rows, int columns, const std::vector<double>& conductances,
           const WireResistances& wires) {
  if (rows < 1 || columns < 1 ||
      conductances.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns)) {
    throw std::invalid_argument("a crossbar needs rows x columns conductances");
  }
  for (const double value : conductances) {
    if (!(value >= 0.0) || !std::isfinite(value)) {
      throw std::invalid_argument("a conductance of a crossbar must be finite and at least 0");
    }
  }
  for (const auto& resistance :
       {wires.row_segment, wires.column_segment, wires.driver, wires.sense}) {
    if (!(in_si(resistance) >= 0.0) || !std::isfinite(in_si(resistance))) {
      throw std::domain_error("a resistance of a crossbar must be finite and at least 0");
    }
  }
}

}  // namespace

Crossbar::Crossbar(int rows, int columns, std::vector<double> conductances,
                   const WireResistances& wires, const CrossbarOptions& options) {
  check(rows, columns, conductances, wires);
  kernel_ = std::make_unique<const CrossbarKernel>(rows, columns, conductances, wires, options);
}

Crossbar::~Crossbar() = default;
Crossbar::Crossbar(Crossbar&&) noexcept = default;
Crossbar& Crossbar::operator=(Crossbar&&) noexcept = default;

int Crossbar::rows() const { return kernel_->rows(); }
int Crossbar::columns() const { return kernel_->columns(); }

std::vector<double> Crossbar::currents(const std::vector<double>& voltages) const {
  if (voltages.size() != static_cast<std::size_t>(rows())) {
    throw std::invalid_argument("a crossbar needs a voltage a row");
  }
  CrossbarKernel::Workspace workspace(*kernel_);
  kernel_->solve(voltages, workspace);
  workspace.currents.resize(static_cast<std::size_t>(columns()));
  return std::move(workspace.currents);
}

std::vector<double> Crossbar::effective_matrix(int threads) const {
  const auto width = static_cast<std::size_t>(columns());
  std::vector<double> matrix(static_cast<std::size_t>(rows()) * width);
  tbb::enumerable_thread_specific<CrossbarKernel::Workspace> workspaces(
      [this] { return CrossbarKernel::Workspace(*kernel_); });
  on_threads(threads, [&] {
    parallel_for(rows(), [&](int row) {
      auto& workspace = workspaces.local();
      kernel_->solve_row(row, workspace);
      std::copy_n(
          workspace.currents.begin(), width,
          matrix.begin() + static_cast<std::ptrdiff_t>(row) * static_cast<std::ptrdiff_t>(width));
    });
  });
  return matrix;
}

}  // namespace dwmtj
