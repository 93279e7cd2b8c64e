// SPDX-License-Identifier: Apache-2.0
// How the columns of a tile turn the summed currents of their pairs into codes: the law of
// `multiply` behind the array, without clock or storage. Every view calls it.
#pragma once

#include <cstdint>
#include <vector>

#include "tile/comparator_law.h"
#include "tile/sum_reference.h"

namespace dwmtj {

class SumReadout {
 public:
  // Column c has the reference of instance first_instance + c.
  SumReadout(const TileParameters& tile, int columns, std::uint64_t seed,
             std::uint64_t first_instance);

  // What a comparator is shown.
  struct Input {
    Voltage voltage;
    bool clipped;  // at the supply
  };
  // Of the difference between what the plus and the minus devices of a column conduct together,
  // against a code of its reference.
  [[nodiscard]] Input input(int column, Conductance difference, int reference) const;
  // Of a difference of two conductances alone.
  [[nodiscard]] Voltage input(Conductance difference) const {
    return load_ * (voltage_ * difference);
  }

  [[nodiscard]] const SumReference& reference(int column) const {
    return references_[static_cast<std::size_t>(column)];
  }

  // All decisions of a sum in `bits`, one after the other: its code, or of one bit its sign. Their
  // delay matters only as being below `limit`.
  struct Sum {
    std::int16_t code;
    int clipped;  // inputs
  };
  [[nodiscard]] Sum read(int column, Conductance difference, int bits, ComparatorLaw& comparator,
                         Picoseconds limit) const;

 private:
  Voltage voltage_;
  Resistance load_;
  Voltage supply_;
  int bits_;
  std::vector<SumReference> references_;
};

}  // namespace dwmtj
