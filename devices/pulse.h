// SPDX-License-Identifier: Apache-2.0
// The write pulse between the terminals IN and CLK: a trapezoid of track current.
#pragma once

#include <tuple>

#include "common/units.h"

namespace dwmtj {

// `width` is taken at half of the amplitude: 50 ns with 10 ns edges is 40 ns flat, 60 ns foot to
// foot.
struct PulseShape {
  Time width;
  Time rise;
  Time fall;

  [[nodiscard]] Time flat() const { return width - 0.5 * (rise + fall); }
  [[nodiscard]] Time foot_to_foot() const { return width + 0.5 * (rise + fall); }
  // Share of the amplitude at time `t` after the first foot.
  [[nodiscard]] double level(Time t) const;
  // Integral of level^2 over the pulse: what ohmic energy scales with.
  [[nodiscard]] Time squared_integral() const { return flat() + (rise + fall) / 3.0; }
};

// Positive amplitude pushes the wall from IN to CLK (write), negative back (reset).
struct Pulse {
  Current amplitude;
  PulseShape shape;
  Field bias;
};

// Throws std::invalid_argument for a shape that is no pulse: no width, or edges longer than fit.
void check(const PulseShape& shape);

// An order for caches: two pulses that compare equal have the same transition table.
inline auto key(const Pulse& pulse) {
  return std::make_tuple(in_si(pulse.amplitude), in_si(pulse.shape.width), in_si(pulse.shape.rise),
                         in_si(pulse.shape.fall), in_si(pulse.bias));
}
inline bool operator<(const Pulse& a, const Pulse& b) { return key(a) < key(b); }

}  // namespace dwmtj
