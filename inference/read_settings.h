// SPDX-License-Identifier: Apache-2.0
// How arrays are driven and read: what the inputs of a layer are quantised to, what a column's sum
// becomes, and what disturbs it.
#pragma once

#include <cstdint>
#include <vector>

#include "tile/noise_law.h"

namespace dwmtj {

enum class ColumnReadout {
  exact,       // the sum as it is, in the digital unit's steps
  converter,   // an analog-to-digital converter over a calibrated range
  comparator,  // its sign alone
  tile         // what the circuits of the tile make of it: by TilePass, not by ArrayProduct
};

// What a converter's range is.
enum class ConverterRange {
  layer,   // one for all columns of a layer, calibrated
  column,  // one for each column of each array, calibrated
  fixed    // what no sum of an array's rows is beyond
};

struct ReadSettings {
  int input_bits = 8;
  // The inputs' bits one after the other, each -1, 0 or +1 and read apart, and added up digitally;
  // else all at once, as levels of a digital-to-analog converter at each row.
  bool bit_serial = false;
  ColumnReadout readout = ColumnReadout::exact;
  int converter_bits = 8;
  ConverterRange converter_range = ConverterRange::layer;
  NoiseLaw noise;  // of each read; the read voltage is that of the largest input
  std::uint64_t seed = 1;
};

// What a layer's inputs and its columns' sums were seen to be; in the units of the network.
struct LayerRange {
  double input_low = 0;
  double input_high = 0;
  double sum_low = 0;  // of the rows of one array
  double sum_high = 0;
  struct Ends {
    double low;
    double high;
  };
  std::vector<Ends> columns;  // the same of each: [block of rows][output]; may be empty

  [[nodiscard]] bool has_signed_input() const { return input_low < 0; }
  // Of the largest magnitude, which the largest code stands for.
  [[nodiscard]] double largest_input() const {
    const double largest = input_high > -input_low ? input_high : -input_low;
    return largest > 0 ? largest : 1.0;
  }
  // One code of a signed input is its sign.
  [[nodiscard]] int magnitude_bits(int input_bits) const {
    return has_signed_input() ? input_bits - 1 : input_bits;
  }
};

}  // namespace dwmtj
