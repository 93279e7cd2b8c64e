// SPDX-License-Identifier: Apache-2.0
// The write driver of a column as it was made: a current DAC of binary weighted sources, each off
// by an error of its own, behind a mirror whose gain differs from column to column.
#pragma once

#include <cstdint>
#include <vector>

#include "tile/tile_parameters.h"

namespace dwmtj {

class ColumnDriver {
 public:
  // `instance` numbers the column's driver, as it does its comparator. Errors are drawn once.
  ColumnDriver(const DriverParameters& driver, std::uint64_t seed, std::uint64_t instance);

  // What flows for `code`, in steps of DriverParameters::in_steps(): 0 for 0 alone, the same size
  // for both signs.
  [[nodiscard]] int step(int code) const;
  // The same before it is rounded.
  [[nodiscard]] double exact(int code) const;

 private:
  std::vector<double> sources_;  // by bit of the code's magnitude; none without mismatch
};

}  // namespace dwmtj
