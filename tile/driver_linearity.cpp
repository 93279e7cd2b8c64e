// SPDX-License-Identifier: Apache-2.0
#include "tile/driver_linearity.h"

#include <algorithm>
#include <cmath>

#include "tile/column_driver.h"

namespace dwmtj {
namespace {

void add_column(const ColumnDriver& driver, const TileParameters& tile, DriverLinearity& sums) {
  const int largest = tile.largest_code();
  const double full = driver.exact(largest);
  const double mean_step = full / largest;
  double inl = 0.0, dnl = 0.0, below = 0.0;
  bool falls = false;
  for (int code = 1; code <= largest; ++code) {
    const double here = driver.exact(code);
    inl = std::max(inl, std::abs(here / mean_step - code));
    dnl = std::max(dnl, std::abs((here - below) / mean_step - 1.0));
    falls = falls || here < below;
    below = here;
  }
  const double gain = mean_step / tile.driver.steps_a_code() - 1.0;
  sums.gain += gain * gain;
  sums.mean_inl += inl;
  sums.mean_dnl += dnl;
  sums.worst_inl = std::max(sums.worst_inl, inl);
  sums.worst_dnl = std::max(sums.worst_dnl, dnl);
  sums.falling += falls ? 1.0 : 0.0;
}

}  // namespace

DriverLinearity linearity_of(const TileParameters& tile, int columns, std::uint64_t seed) {
  DriverLinearity sums;
  for (int column = 0; column < columns; ++column) {
    add_column({tile.driver, seed, static_cast<std::uint64_t>(column)}, tile, sums);
  }
  sums.gain = std::sqrt(sums.gain / columns);
  for (auto* const sum : {&sums.mean_inl, &sums.mean_dnl, &sums.falling}) *sum /= columns;
  return sums;
}

}  // namespace dwmtj
