// SPDX-License-Identifier: Apache-2.0
// Tests of hypotheses, as the probability (p) of a result at least as far off if the hypothesis
// holds. A test at the 1 % level is EXPECT_GT(p, 0.01), with a fixed seed.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>

namespace dwmtj::test {

// Pearson's chi-square, added up over independent tables.
class ChiSquare {
 public:
  // Counts against probabilities. Neighbouring cells are pooled until 5 counts are expected.
  void add(const std::vector<double>& probability, const std::vector<std::uint64_t>& counts) {
    double total = 0.0;
    for (const auto count : counts) total += static_cast<double>(count);
    std::vector<Cell> cells(1);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (probability[i] <= 0.0 && counts[i] > 0) {
        statistic_ = std::numeric_limits<double>::infinity();
      }
      cells.back().expected += total * probability[i];
      cells.back().counted += static_cast<double>(counts[i]);
      if (cells.back().expected >= 5.0) cells.emplace_back();
    }
    pool_last(cells);
    for (const auto& cell : cells) add_cell(cell);
    freedom_ += static_cast<double>(cells.size()) - 1.0;
  }

  // Two samples of one distribution, not known.
  void add_two_samples(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    double total[2] = {0.0, 0.0};
    for (const auto count : a) total[0] += static_cast<double>(count);
    for (const auto count : b) total[1] += static_cast<double>(count);
    const double share = total[0] / (total[0] + total[1]);
    std::vector<Cell> cells(1);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const double both = static_cast<double>(a[i]) + static_cast<double>(b[i]);
      cells.back().expected += both;
      cells.back().counted += static_cast<double>(a[i]);
      if (cells.back().expected * std::min(share, 1.0 - share) >= 5.0) cells.emplace_back();
    }
    pool_last(cells);
    for (const auto& cell : cells) {
      add_cell({share * cell.expected, cell.counted});
      add_cell({(1.0 - share) * cell.expected, cell.expected - cell.counted});
    }
    freedom_ += static_cast<double>(cells.size()) - 1.0;
  }

  [[nodiscard]] double freedom() const { return freedom_; }
  [[nodiscard]] double p() const {
    if (std::isinf(statistic_)) return 0.0;
    if (freedom_ <= 0.0) return 1.0;
    return boost::math::cdf(
        boost::math::complement(boost::math::chi_squared(freedom_), statistic_));
  }

 private:
  struct Cell {
    double expected = 0.0;
    double counted = 0.0;
  };

  // The last cell is short of counts: it joins the one before.
  static void pool_last(std::vector<Cell>& cells) {
    if (cells.size() < 2) return;
    const Cell last = cells.back();
    cells.pop_back();
    cells.back().expected += last.expected;
    cells.back().counted += last.counted;
  }

  void add_cell(const Cell& cell) {
    if (cell.expected <= 0.0) return;
    const double off = cell.counted - cell.expected;
    statistic_ += off * off / cell.expected;
  }

  double statistic_ = 0.0;
  double freedom_ = 0.0;
};

// Kolmogorov's distribution with Stephens' correction for a finite number of samples.
inline double kolmogorov_p(double distance, double samples) {
  const double root = std::sqrt(samples);
  const double x = (root + 0.12 + 0.11 / root) * distance;
  if (x < 0.2) return 1.0;  // where the series converges slowly
  double sum = 0.0;
  for (int k = 1; k <= 100; ++k) sum += (k % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * k * k * x * x);
  return std::clamp(sum, 0.0, 1.0);
}

// Kolmogorov-Smirnov: are `values` standard normal?
inline double standard_normal_p(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = 0.5 * std::erfc(-values[i] / std::sqrt(2.0));
    const auto below = static_cast<double>(i);
    distance = std::max({distance, expected - below / n, (below + 1.0) / n - expected});
  }
  return kolmogorov_p(distance, n);
}

// Kolmogorov-Smirnov: do `a` and `b` come from one distribution, but for shifts of each value by up
// to `slack`?
inline double same_distribution_p(std::vector<double> a, std::vector<double> b, double slack) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  const auto share_below = [](const std::vector<double>& values, double x) {
    return static_cast<double>(std::lower_bound(values.begin(), values.end(), x) - values.begin()) /
           static_cast<double>(values.size());
  };
  double distance = 0.0;
  for (const double x : a) {
    distance = std::max({distance, share_below(a, x) - share_below(b, x + slack),
                         share_below(b, x - slack) - share_below(a, x)});
  }
  const auto na = static_cast<double>(a.size());
  const auto nb = static_cast<double>(b.size());
  return kolmogorov_p(distance, na * nb / (na + nb));
}

}  // namespace dwmtj::test
