// SPDX-License-Identifier: Apache-2.0
// What one pulse does to a wall, worked out once from the law: the chance of every end site, and
// when within the pulse each hop happens.
#pragma once

#include <cstdint>
#include <vector>

#include "common/random_stream.h"
#include "devices/switching_law.h"

namespace dwmtj {

// One hop of a wall. Times count from the first foot of the pulse.
struct Hop {
  int from;
  int to;
  Time leaves;
  Time arrives;
};

class TransitionTable {
 public:
  TransitionTable(const SwitchingLaw& law, const Pulse& pulse);

  [[nodiscard]] int sites() const { return sites_; }
  [[nodiscard]] const Pulse& pulse() const { return pulse_; }
  [[nodiscard]] double probability(int from, int to) const;

  // The end site of a pulse: inverse CDF on the first word of the draw, 31 bits of it.
  [[nodiscard]] int end_site(int from, const Draw& draw) const {
    return end_site(from, draw.words[0]);
  }
  [[nodiscard]] int end_site(int from, std::uint32_t word) const {
    const auto u = static_cast<std::int32_t>(word >> 1U);
    const std::int32_t* row = limits(from);
    int site = 0;
    for (int to = 0; to + 1 < sites_; ++to) site += u > row[to] ? 1 : 0;
    return site;
  }
  // The row of `from` for bulk kernels: end site = how many of the sites()-1 limits lie below u.
  [[nodiscard]] const std::int32_t* limits(int from) const {
    return &limits_[static_cast<std::size_t>(from) * static_cast<std::size_t>(sites_ - 1)];
  }

  // The hops of a pulse that moved the wall from `from` to `to`, sampled from the law given that
  // end by the second word of the draw. Empty when from == to.
  [[nodiscard]] std::vector<Hop> motion(int from, int to, const Draw& draw) const;

 private:
  // The pulse on a grid of equal bins; a wall leaves within a bin or stays through it.
  static constexpr int kBins = 600;

  [[nodiscard]] double stay(int site, int bin) const;
  [[nodiscard]] int flight_bins(int site) const;
  [[nodiscard]] std::vector<double> reach(int site, int to, const std::vector<double>& next) const;
  void fill_stay(const SwitchingLaw& law);
  void fill_probabilities();
  void fill_limits();

  Pulse pulse_;
  int sites_;
  Direction direction_;
  double bin_;                        // s
  std::vector<double> stay_;          // [site][bin]: chance to stay through the bin
  std::vector<double> flight_;        // [site]: s to the next site in the direction
  std::vector<double> probability_;   // [from][to]
  std::vector<std::int32_t> limits_;  // [from][to], to < sites-1
};

}  // namespace dwmtj
