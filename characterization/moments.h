// SPDX-License-Identifier: Apache-2.0
// Mean, deviation and extremes of numbers as they come (Welford), and of several such lots
// together.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace dwmtj {

class Moments {
 public:
  void add(double value) {
    least_ = count_ == 0 ? value : std::min(least_, value);
    most_ = count_ == 0 ? value : std::max(most_, value);
    ++count_;
    const double off = value - mean_;
    mean_ += off / static_cast<double>(count_);
    squares_ += off * (value - mean_);
  }

  void add(const Moments& other) {
    if (other.count_ == 0) return;
    least_ = count_ == 0 ? other.least_ : std::min(least_, other.least_);
    most_ = count_ == 0 ? other.most_ : std::max(most_, other.most_);
    const auto here = static_cast<double>(count_);
    const auto there = static_cast<double>(other.count_);
    const double off = other.mean_ - mean_;
    mean_ += off * there / (here + there);
    squares_ += other.squares_ + off * off * here * there / (here + there);
    count_ += other.count_;
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] double mean() const { return mean_; }  // 0 of nothing
  [[nodiscard]] double least() const { return least_; }
  [[nodiscard]] double most() const { return most_; }
  [[nodiscard]] double squares() const { return squares_; }  // about the mean
  // With n - 1; 0 of fewer than two.
  [[nodiscard]] double deviation() const {
    return count_ < 2 ? 0.0 : std::sqrt(squares_ / static_cast<double>(count_ - 1));
  }

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
  double least_ = 0.0;
  double most_ = 0.0;
};

}  // namespace dwmtj
