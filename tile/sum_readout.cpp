// SPDX-License-Identifier: Apache-2.0
#include "tile/sum_readout.h"

#include <algorithm>

#include "common/index.h"
#include "tile/sum_search.h"

namespace dwmtj {

SumReadout::SumReadout(const TileParameters& tile, int columns, std::uint64_t seed,
                       std::uint64_t first_instance)
    : voltage_(tile.read.voltage),
      load_(tile.read.load),
      supply_(tile.driver.supply),
      bits_(tile.sum_reference.bits) {
  for (int column = 0; column < columns; ++column) {
    references_.emplace_back(tile.sum_reference, seed, first_instance + index(column));
  }
}

SumReadout::Input SumReadout::input(int column, Conductance difference, int reference) const {
  const Current beyond = voltage_ * difference - references_[index(column)].current(reference);
  const Voltage wanted = load_ * beyond;
  const Voltage shown = std::clamp(wanted, -supply_, supply_);
  return {shown, shown != wanted};
}

SumReadout::Sum SumReadout::read(int column, Conductance difference, int bits,
                                 ComparatorLaw& comparator, Picoseconds limit) const {
  SumSearch search(bits, bits_);
  Sum sum{0, 0};
  while (!search.finished()) {
    const auto seen = input(column, difference, search.reference());
    sum.clipped += seen.clipped ? 1 : 0;
    search.decided(comparator.decide_within(seen.voltage, limit).above);
  }
  sum.code = result_of(search.code(), bits);
  return sum;
}

}  // namespace dwmtj
