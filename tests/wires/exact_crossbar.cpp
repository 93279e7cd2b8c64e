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

}  // namespace

std::vector<double> sparse_matrix(const ExactCrossbar& crossbar) {
  const int rows = crossbar.rows, columns = crossbar.columns;
  const auto g = siemens_of(crossbar.wires);
  const auto row_node = [=](int i, int j) { return i * columns + j; };
  const auto column_node = [=](int i, int j) { return (rows + i) * columns + j; };
  Nodes nodes(2 * rows * columns);
  for (int i = 0; i < rows; ++i) {
    nodes.to_ground(row_node(i, 0), g.driver);
    for (int j = 0; j < columns; ++j) {
      nodes.tie(row_node(i, j), column_node(i, j),
                crossbar.conductances[static_cast<std::size_t>(i * columns + j)]);
      if (j + 1 < columns) nodes.tie(row_node(i, j), row_node(i, j + 1), g.row);
      if (i + 1 < rows) nodes.tie(column_node(i, j), column_node(i + 1, j), g.column);
      if (i + 1 == rows) nodes.to_ground(column_node(i, j), g.sense);
    }
  }
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> solver(nodes.matrix());
  std::vector<double> result(crossbar.conductances.size());
  for (int i = 0; i < rows; ++i) {
    Eigen::VectorXd currents = Eigen::VectorXd::Zero(2 * rows * columns);
    currents[row_node(i, 0)] = g.driver;
    const Eigen::VectorXd voltages = solver.solve(currents);
    for (int j = 0; j < columns; ++j) {
      result[static_cast<std::size_t>(i * columns + j)] =
          g.sense * voltages[column_node(rows - 1, j)];
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
  Matrix source = Matrix::Zero(columns, rows);
  for (int i = 0; i < rows; ++i) {
    const Eigen::VectorXd cells = Eigen::Map<const Eigen::VectorXd>(
        &crossbar.conductances[static_cast<std::size_t>(i * columns)], columns);
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
    for (int j = 0; j < columns; ++j) {
      result[static_cast<std::size_t>(i * columns + j)] = source(j, i);
    }
  }
  return result;
}

}  // namespace dwmtj::test
