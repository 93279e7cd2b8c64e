// SPDX-License-Identifier: Apache-2.0
// What a tile reads back after write-verify, beside what spread and noise make of it.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "tile/misreading.h"

namespace dwmtj::test {

class ReadBack {
 public:
  explicit ReadBack(const Misreading& law) : law_(law) {}

  // A cell whose wall is where it was wanted.
  void add(int wanted, int found, Conductance device, int column) {
    const double chance = law_.chance(device, wanted, column);
    const auto& range = range_of(wanted, column);
    ++cells_;
    found_ += found != wanted ? 1 : 0;
    expected_ += chance;
    variance_ += chance * (1.0 - chance);
    least_ += range.least;
    most_ += range.most;
  }

  // By the noise of these cells, and by what spread leaves at the edges of levels.
  void expect_lawful() const {
    std::printf("%llu of %llu cells misread; expected of these %.2f, by spread %.2f to %.2f\n",
                static_cast<unsigned long long>(found_), static_cast<unsigned long long>(cells_),
                expected_, least_, most_);
    EXPECT_NEAR(static_cast<double>(found_), expected_, kDeviations * std::sqrt(variance_));
    EXPECT_GT(expected_, least_ - kDeviations * std::sqrt(least_));
    EXPECT_LT(expected_, most_ + kDeviations * std::sqrt(most_));
  }

  [[nodiscard]] std::uint64_t found() const { return found_; }
  [[nodiscard]] double expected() const { return expected_; }

 private:
  const Misreading::Range& range_of(int level, int column) {
    const auto [known, added] = ranges_.try_emplace({level, column});
    if (added) known->second = law_.after_write_verify(level, column);
    return known->second;
  }

  static constexpr double kDeviations = 3.5;

  const Misreading& law_;
  std::map<std::pair<int, int>, Misreading::Range> ranges_;  // by level and column
  std::uint64_t cells_ = 0;
  std::uint64_t found_ = 0;
  double expected_ = 0.0;
  double variance_ = 0.0;
  double least_ = 0.0;
  double most_ = 0.0;
};

}  // namespace dwmtj::test
