// SPDX-License-Identifier: Apache-2.0
// A value for each whole number, of either sign: made, as Value(), where it is first asked for.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <vector>

namespace dwmtj {

template <typename Value>
class SignedTable {
 public:
  // References hold until another value is asked for.
  Value& operator[](int i) {
    const auto at = 2 * static_cast<std::size_t>(std::abs(i)) + (i < 0 ? 1 : 0);
    if (at >= values_.size()) values_.resize(at + 1);
    return values_[at];
  }

 private:
  std::vector<Value> values_;  // 0, -0, 1, -1, 2, -2 ...
};

}  // namespace dwmtj
