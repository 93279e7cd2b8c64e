// SPDX-License-Identifier: Apache-2.0
// Quantities as people write them: "50 ns", "0.124 pJ", "2.5 %".
#pragma once

#include <string>
#include <string_view>

#include "common/units.h"

namespace dwmtj {

enum class Dimension {
  number,           // no unit, or %
  time,             // s
  voltage,          // V
  current,          // A
  resistance,       // ohm
  conductance,      // S
  capacitance,      // F
  energy,           // J
  power,            // W
  length,           // m
  area,             // m^2
  velocity,         // m/s
  temperature,      // K
  field,            // T
  frequency,        // Hz
  line_current,     // A/m: current per width of the track
  field_coupling,   // A/m/T: line current equivalent to a field
  resistance_area,  // ohm m^2
  energy_per_area,  // J/m^2
  barrier,          // kT at 300 K
};

// The SI value of `text`. Throws InputError naming what was expected (no file, no line: the caller
// knows those).
double parse_quantity(std::string_view text, Dimension dimension);

// "50 ns" for 5e-8 and Dimension::time: the shortest engineering form with `digits` significant
// digits.
std::string format_quantity(double value, Dimension dimension, int digits = 4);

// "a time such as 50 ns (units: s, ms, us, ns, ps, fs)"
std::string describe(Dimension dimension);

template <typename Quantity>
inline constexpr Dimension kDimensionOf = Dimension::number;
template <>
inline constexpr Dimension kDimensionOf<Time> = Dimension::time;
template <>
inline constexpr Dimension kDimensionOf<Voltage> = Dimension::voltage;
template <>
inline constexpr Dimension kDimensionOf<Current> = Dimension::current;
template <>
inline constexpr Dimension kDimensionOf<Resistance> = Dimension::resistance;
template <>
inline constexpr Dimension kDimensionOf<Conductance> = Dimension::conductance;
template <>
inline constexpr Dimension kDimensionOf<Capacitance> = Dimension::capacitance;
template <>
inline constexpr Dimension kDimensionOf<Energy> = Dimension::energy;
template <>
inline constexpr Dimension kDimensionOf<Power> = Dimension::power;
template <>
inline constexpr Dimension kDimensionOf<Length> = Dimension::length;
template <>
inline constexpr Dimension kDimensionOf<Area> = Dimension::area;
template <>
inline constexpr Dimension kDimensionOf<Frequency> = Dimension::frequency;
template <>
inline constexpr Dimension kDimensionOf<Temperature> = Dimension::temperature;
template <>
inline constexpr Dimension kDimensionOf<Field> = Dimension::field;
template <>
inline constexpr Dimension kDimensionOf<Velocity> = Dimension::velocity;
template <>
inline constexpr Dimension kDimensionOf<LineCurrent> = Dimension::line_current;
template <>
inline constexpr Dimension kDimensionOf<FieldCoupling> = Dimension::field_coupling;

template <typename Quantity>
std::string format_quantity(Quantity quantity, int digits = 4) {
  return format_quantity(in_si(quantity), kDimensionOf<Quantity>, digits);
}

}  // namespace dwmtj
