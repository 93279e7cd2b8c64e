// SPDX-License-Identifier: Apache-2.0
// The reference of a column for sums of several bits: a current DAC of binary weighted sources,
// each off by an error of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "tile/tile_parameters.h"

namespace dwmtj {

class SumReference {
 public:
  // `instance` numbers the column's reference, as it does its comparator. Errors are drawn once.
  SumReference(const SumReferenceParameters& parameters, std::uint64_t seed,
               std::uint64_t instance);

  // The current of `code`, less than 2^(bits - 1) either way. The same sources make both signs; 0
  // is exact.
  [[nodiscard]] Current current(int code) const;

  // A, by bit of the code's magnitude. A current is added up from the largest on.
  [[nodiscard]] const std::vector<double>& sources() const { return sources_; }

 private:
  std::vector<double> sources_;
};

}  // namespace dwmtj
