// SPDX-License-Identifier: Apache-2.0
#include "wires/crossbar.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "common/random_stream.h"
#include "tests/wires/exact_crossbar.h"

namespace dwmtj {
namespace {

using test::ExactCrossbar;

Resistance ohms(double value) { return from_si<Resistance>(value); }

// Levels of the straight device, S.
constexpr double kLevels[] = {0.9425e-3, 0.9585e-3, 1.0111e-3, 1.0758e-3, 1.0952e-3};

ExactCrossbar random_crossbar(int rows, int columns, double segment, double ends = 0.0) {
  ExactCrossbar crossbar{
      rows, columns, {}, {ohms(segment), ohms(0.8 * segment), ohms(ends), ohms(2.0 * ends)}};
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(rows * columns); ++i) {
    crossbar.conductances.push_back(kLevels[draw(5, Stream::stimulus, 1, i).words[0] % 5]);
  }
  return crossbar;
}

Crossbar solved(const ExactCrossbar& given, const CrossbarOptions& options = {}) {
  return {given.rows, given.columns, given.conductances, given.wires, options};
}

std::vector<double> random_bits(int count, std::uint32_t which) {
  std::vector<double> bits(static_cast<std::size_t>(count));
  for (std::uint32_t i = 0; i < bits.size(); ++i) {
    bits[i] = static_cast<double>(draw(7, Stream::stimulus, which, i).words[0] >> 31U);
  }
  return bits;
}

std::vector<double> product(const std::vector<double>& inputs, const std::vector<double>& matrix) {
  const auto columns = matrix.size() / inputs.size();
  std::vector<double> result(columns, 0.0);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (std::size_t j = 0; j < columns; ++j) result[j] += inputs[i] * matrix[i * columns + j];
  }
  return result;
}

// What matters is the difference of neighbours: 200 times smaller than either current.
void expect_equal_pairs(const ExactCrossbar& given, const std::vector<double>& exact) {
  const auto matrix = solved(given).effective_matrix();
  double error = 0.0, size = 0.0;
  for (std::uint32_t vector = 0; vector < 50; ++vector) {
    const auto inputs = random_bits(given.rows, vector);
    const auto mine = product(inputs, matrix);
    const auto right = product(inputs, exact);
    for (std::size_t j = 0; j + 1 < mine.size(); j += 2) {
      const double wanted = right[j] - right[j + 1];
      error += std::pow(mine[j] - mine[j + 1] - wanted, 2);
      size += wanted * wanted;
      EXPECT_EQ(mine[j] > mine[j + 1], wanted > 0.0) << vector << ' ' << j;
    }
  }
  EXPECT_LT(std::sqrt(error / size), 1e-3) << in_si(given.wires.row_segment) << " ohm";
}

TEST(Crossbar, OneCellIsAVoltageDivider) {
  const Crossbar crossbar(1, 1, {1e-3}, {ohms(1.0), ohms(2.0), ohms(30.0), ohms(4.0)});
  EXPECT_NEAR(crossbar.currents({0.1})[0], 0.1 / 1037.0, 1e-12);
  EXPECT_NEAR(crossbar.effective_matrix()[0], 1.0 / 1037.0, 1e-12);
}

// Worked out by hand: 1 ohm everywhere, the second row held at 0 V. Nodes a1 (row 1), c1, c2
// (column): a1: 1 - a1 = a1 - c1; c1: a1 - c1 = c1 - c2; c2: c1 - c2 = c2 + (c2 through cell and
// row wire) / 2.
TEST(Crossbar, TwoRowsByHand) {
  const Crossbar crossbar(2, 1, {1.0, 1.0}, {ohms(1.0), ohms(1.0), ohms(0.0), ohms(0.0)});
  EXPECT_NEAR(crossbar.currents({1.0, 0.0})[0], 2.0 / 11.0, 1e-9);
}

TEST(Crossbar, EqualsASparseFactorisation) {
  for (const double segment : {1e-4, 1e-3, 1e-2, 1e-1, 1.0}) {
    const auto given = random_crossbar(64, 64, segment);
    expect_equal_pairs(given, test::sparse_matrix(given));
  }
}

// DWMTJ_WIRES=512 asks for 512 x 512, which takes minutes.
TEST(Crossbar, EqualsDenseBlocks) {
  const char* const size = std::getenv("DWMTJ_WIRES");
  const int columns = size != nullptr ? std::atoi(size) : 96;
  const int rows = size != nullptr ? columns : 48;
  for (const double segment : {1e-4, 1e-2, 1.0}) {
    const auto given = random_crossbar(rows, columns, segment, 3.0);
    expect_equal_pairs(given, test::riccati_matrix(given));
  }
}

TEST(Crossbar, TheTwoExactSolutionsAgree) {
  const auto given = random_crossbar(20, 33, 0.5, 7.0);
  const auto sparse = test::sparse_matrix(given);
  const auto dense = test::riccati_matrix(given);
  for (std::size_t i = 0; i < sparse.size(); ++i)
    EXPECT_NEAR(sparse[i], dense[i], 1e-12 * sparse[i]);
}

TEST(Crossbar, OddShapesAndEnds) {
  for (const auto& [rows, columns] : {std::pair{1, 9}, {9, 1}, {7, 13}, {33, 6}}) {
    const auto given = random_crossbar(rows, columns, 0.3, 5.0);
    const auto mine = solved(given).effective_matrix();
    const auto exact = test::sparse_matrix(given);
    for (std::size_t i = 0; i < exact.size(); ++i) EXPECT_NEAR(mine[i], exact[i], 1e-4 * exact[i]);
  }
}

TEST(Crossbar, WiresWithoutResistanceLeaveTheCells) {
  auto given = random_crossbar(40, 24, 0.0);
  const auto matrix = solved(given).effective_matrix();
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    EXPECT_NEAR(matrix[i], given.conductances[i], 1e-8 * given.conductances[i]);
  }
}

TEST(Crossbar, CurrentsAreInputsTimesTheMatrix) {
  const auto crossbar = solved(random_crossbar(40, 30, 0.1));
  const auto inputs = random_bits(40, 3);
  const auto currents = crossbar.currents(inputs);
  const auto expected = product(inputs, crossbar.effective_matrix());
  for (std::size_t j = 0; j < currents.size(); ++j) {
    EXPECT_NEAR(currents[j], expected[j], 1e-6 * expected[j]);
  }
}

TEST(Crossbar, SameBitsOnEveryVectorUnitAndAnyNumberOfThreads) {
  const auto given = random_crossbar(50, 41, 0.2);
  const auto portable = solved(given, {1e-6, VectorUnit::none}).effective_matrix();
  for (const auto unit : {VectorUnit::avx2, VectorUnit::avx512}) {
    if (unit <= widest_vector_unit()) {
      EXPECT_EQ(solved(given, {1e-6, unit}).effective_matrix(), portable);
    }
  }
  EXPECT_EQ(solved(given).effective_matrix(3), portable);
}

TEST(Crossbar, WrongInputs) {
  const WireResistances wires{ohms(1.0), ohms(1.0), ohms(0.0), ohms(0.0)};
  EXPECT_THROW(Crossbar(2, 2, {1.0, 1.0, 1.0}, wires), std::invalid_argument);
  EXPECT_THROW(Crossbar(0, 1, {}, wires), std::invalid_argument);
  EXPECT_THROW(Crossbar(1, 1, {-1.0}, wires), std::invalid_argument);
  EXPECT_THROW(Crossbar(1, 1, {std::numeric_limits<double>::quiet_NaN()}, wires),
               std::invalid_argument);
  EXPECT_THROW(Crossbar(1, 1, {1.0}, {ohms(-1.0), ohms(1.0), ohms(0.0), ohms(0.0)}),
               std::domain_error);
  EXPECT_THROW((void)Crossbar(1, 1, {1.0}, wires).currents({1.0, 2.0}), std::invalid_argument);
}

}  // namespace
}  // namespace dwmtj
