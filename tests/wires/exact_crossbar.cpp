// SPDX-License-Identifier: Apache-2.0
#include "tests/wires/exact_crossbar.h"

#include <Eigen/Dense>
#include <Eigen/SparseCholesky>

namespace dwmtj::test {
namespace {

using Matrix = Eigen::MatrixXd;

struct Siemens {
  double row, column, driver, sense;
};

Siemens siemens_of(const WireResistances& wires) {
  return {1.0 / in_si(wires.row_segment), 1.0 / in_si(wires.column_segment),
          1.0 / in_si(wires.driver + wires.row_segment),
          1.0 / in_si(wires.sense + wires.column_segment)};
}

// Kirchhoff's law at every node.
class Nodes {
 public:
  explicit Nodes(int count) : sums_(static_cast<std::size_t>(count), 0.0) {}

  void to_ground(int node, double siemens) { sums_[static_cast<std::size_t>(node)] += siemens; }
  void tie(int a, int b, double siemens) {
    to_ground(a, siemens);
    to_ground(b, siemens);
    entries_.emplace_back(a, b, -siemens);
    entries_.emplace_back(b, a, -siemens);
  }
  [[nodiscard]] Eigen::SparseMatrix<double> matrix() {
    const auto count = static_cast<int>(sums_.size());
    for (int i = 0; i < count; ++i) entries_.emplace_back(i, i, sums_[static_cast<std::size_t>(i)]);
    Eigen::SparseMatrix<double> result(count, count);
    result.setFromTriplets(entries_.begin(), entries_.end());
    return result;
  }

 private:
  std::vector<double> sums_;
  std::vector<Eigen::Triplet<double>> entries_;
};

// A row wire with its driver, without cells.
Matrix row_wire(int columns, const Siemens& g) {
  Matrix wire = Matrix::Zero(columns, columns);
  wire(0, 0) += g.driver;
  for (int j = 0; j + 1 < columns; ++j) {
    wire(j, j) += g.row;
    wire(j + 1, j + 1) += g.row;
    wire(j, j + 1) -= g.row;
    wire(j + 1, j) -= g.row;
  }
  return wire;
}

int row_node(const ExactCrossbar& crossbar, int i, int j) { return i * crossbar.columns + j; }
int column_node(const ExactCrossbar& crossbar, int i, int j) {
  return (crossbar.rows + i) * crossbar.columns + j;
}
int node_count(const ExactCrossbar& crossbar) { return 2 * crossbar.rows * crossbar.columns; }

Eigen::SparseMatrix<double> all_nodes(const ExactCrossbar& crossbar) {
  const int rows = crossbar.rows, columns = crossbar.columns;
  const auto g = siemens_of(crossbar.wires);
  const auto row = [&](int i, int j) { return row_node(crossbar, i, j); };
  const auto column = [&](int i, int j) { return column_node(crossbar, i, j); };
  Nodes nodes(node_count(crossbar));
  for (int i = 0; i < rows; ++i) {
    nodes.to_ground(row(i, 0), g.driver);
    for (int j = 0; j < columns; ++j) {
      nodes.tie(row(i, j), column(i, j), crossbar.conductances[crossbar.cell(i, j)]);
      if (j + 1 < columns) nodes.tie(row(i, j), row(i, j + 1), g.row);
      if (i + 1 < rows) nodes.tie(column(i, j), column(i + 1, j), g.column);
      if (i + 1 == rows) nodes.to_ground(column(i, j), g.sense);
    }
  }
  return nodes.matrix();
}

}  // namespace

double sparse_power(const ExactCrossbar& crossbar, const std::vector<double>& voltages) {
  const auto g = siemens_of(crossbar.wires);
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> solver(all_nodes(crossbar));
  Eigen::VectorXd currents = Eigen::VectorXd::Zero(node_count(crossbar));
  for (int i = 0; i < crossbar.rows; ++i) {
    currents[row_node(crossbar, i, 0)] = g.driver * voltages[static_cast<std::size_t>(i)];
  }
  const Eigen::VectorXd at = solver.solve(currents);
  double power = 0.0;
  for (int i = 0; i < crossbar.rows; ++i) {
    const double volts = voltages[static_cast<std::size_t>(i)];
    power += volts * g.driver * (volts - at[row_node(crossbar, i, 0)]);
  }
  return power;
}

std::vector<double> sparse_matrix(const ExactCrossbar& crossbar) {
  const int rows = crossbar.rows, columns = crossbar.columns;
  const auto g = siemens_of(crossbar.wires);
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> solver(all_nodes(crossbar));
  std::vector<double> result(crossbar.conductances.size());
  for (int i = 0; i < rows; ++i) {
    Eigen::VectorXd currents = Eigen::VectorXd::Zero(node_count(crossbar));
    currents[row_node(crossbar, i, 0)] = g.driver;
    const Eigen::VectorXd voltages = solver.solve(currents);
    for (int j = 0; j < columns; ++j) {
      result[crossbar.cell(i, j)] = g.sense * voltages[column_node(crossbar, rows - 1, j)];
    }
  }
  return result;
}

// From the top row down. Above each row the network is an admittance `above` at the column nodes
// with the currents `source` that the drivers above push into them, one column of it a driver.
std::vector<double> riccati_matrix(const ExactCrossbar& crossbar) {
  const int rows = crossbar.rows, columns = crossbar.columns;
  const auto g = siemens_of(crossbar.wires);
  const Matrix wire = row_wire(columns, g);
  Matrix above = Matrix::Zero(columns, columns);
  // NOLINTNEXTLINE(readability-suspicious-call-argument): a row for each column
  Matrix source = Matrix::Zero(columns, rows);
  for (int i = 0; i < rows; ++i) {
    const Eigen::VectorXd cells =
        Eigen::Map<const Eigen::VectorXd>(&crossbar.conductances[crossbar.cell(i, 0)], columns);
    const Matrix cell = cells.asDiagonal();
    const Eigen::LLT<Matrix> row(wire + cell);
    above += cell - cell * row.solve(cell);
    source.col(i) += cell * row.solve(g.driver * Eigen::VectorXd::Unit(columns, 0));
    const double next = i + 1 < rows ? g.column : g.sense;
    const Eigen::LLT<Matrix> node(above + next * Matrix::Identity(columns, columns));
    source = next * node.solve(source).eval();
    above = next * node.solve(above).eval();
  }
  std::vector<double> result(crossbar.conductances.size());
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) result[crossbar.cell(i, j)] = source(j, i);
  }
  return result;
}

}  // namespace dwmtj::test
