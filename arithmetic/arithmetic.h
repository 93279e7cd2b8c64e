// SPDX-License-Identifier: Apache-2.0
// What the layers of a network ask of a number, for the two there are: the fixed point of the
// digital unit, and single precision, to compare with a training framework.
#pragma once

#include "arithmetic/fixed_point.h"

namespace dwmtj {

// from(), to(): a number from a double, and back. Mean: adds many and divides once.
template <typename Number>
struct Arithmetic;

template <>
struct Arithmetic<float> {
  static float from(double value) { return static_cast<float>(value); }
  static double to(float value) { return value; }

  class Mean {
   public:
    void add(float value) { sum_ += value; }
    [[nodiscard]] float of(std::int64_t count) const {
      return static_cast<float>(sum_ / static_cast<double>(count));
    }

   private:
    double sum_ = 0;
  };
};

template <>
struct Arithmetic<Fixed> {
  static Fixed from(double value) { return to_fixed(value); }
  static double to(Fixed value) { return to_double(value); }

  class Mean {
   public:
    void add(Fixed value) { sum_ += value.raw; }
    [[nodiscard]] Fixed of(std::int64_t count) const {
      return saturated(rounded_quotient(sum_, count));
    }

   private:
    std::int64_t sum_ = 0;
  };
};

}  // namespace dwmtj
