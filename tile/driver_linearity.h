// SPDX-License-Identifier: Apache-2.0
// What a designer asks of a current DAC: gain, INL and DNL of the write drivers of many columns.
#pragma once

#include <cstdint>

#include "tile/tile_parameters.h"

namespace dwmtj {

// INL is the distance from the line between 0 and the largest code, DNL that of a step from its
// mean, both of a column in its own codes; of each column the worst counts.
struct DriverLinearity {
  double gain = 0.0;  // rms of the largest code's current over its nominal value, less 1
  double mean_inl = 0.0, worst_inl = 0.0;  // codes, over columns
  double mean_dnl = 0.0, worst_dnl = 0.0;
  double falling = 0.0;  // share of columns where some larger code gives less
};

// Of the drivers of columns 0 to `columns` - 1 of a tile with this seed.
DriverLinearity linearity_of(const TileParameters& tile, int columns, std::uint64_t seed);

}  // namespace dwmtj
