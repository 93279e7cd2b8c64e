// SPDX-License-Identifier: Apache-2.0
// Successive approximation: which reference a sum is compared with next, and what its code is. A
// result of n bits is the largest code q from -2^(n-1) to 2^(n-1) - 1 whose threshold, q times the
// lsb, the sum was found above (the least has none); beyond the range it is the end of it.
#pragma once

#include <cstdint>

namespace dwmtj {

class SumSearch {
 public:
  // `reference_bits` of the DAC, at least `bits`.
  SumSearch(int bits, int reference_bits)
      : finer_(reference_bits - bits), step_(1 << (bits - 1)), low_(-step_) {}

  // Of the DAC; 0 comes first, and never again.
  [[nodiscard]] std::int16_t reference() const {
    return static_cast<std::int16_t>((low_ + step_) * (1 << finer_));
  }
  void decided(bool above) {
    if (above) low_ += step_;
    step_ /= 2;
  }
  [[nodiscard]] bool finished() const { return step_ == 0; }
  [[nodiscard]] std::int16_t code() const { return static_cast<std::int16_t>(low_); }

 private:
  int finer_;  // a code of the result is 2^finer of the DAC
  int step_;
  int low_;
};

// What a finished search gives: a sum of one bit is a sign, -1 or +1.
[[nodiscard]] inline std::int16_t result_of(std::int16_t code, int bits) {
  return static_cast<std::int16_t>(bits == 1 ? 2 * code + 1 : code);
}

}  // namespace dwmtj
