// SPDX-License-Identifier: Apache-2.0
// Which positions of a stage have arrived somewhere. They may come in any order; what counts is up
// to where none is missing.
#pragma once

#include <cstdint>
#include <deque>

namespace dwmtj {

class Arrivals {
 public:
  void add(std::int64_t position, std::int64_t count = 1) {
    const auto first = static_cast<std::size_t>(position - complete_);
    const auto last = first + static_cast<std::size_t>(count);
    if (last > seen_.size()) seen_.resize(last, false);
    for (std::size_t i = first; i < last; ++i) seen_[i] = true;
    for (; !seen_.empty() && seen_.front(); ++complete_) seen_.pop_front();
  }
  // Positions 0 to this, without this, are here.
  [[nodiscard]] std::int64_t complete() const { return complete_; }

 private:
  std::int64_t complete_ = 0;
  std::deque<bool> seen_;  // from complete_ on
};

}  // namespace dwmtj
