// SPDX-License-Identifier: Apache-2.0
// The reference conductances that levels are told apart by: one between each two neighbours.
#pragma once

#include <cstdint>
#include <vector>

#include "devices/readout_law.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

class ReferenceLadder {
 public:
  // Each reference is off by an error drawn once. `instance` numbers the ladder of the tile.
  ReferenceLadder(const ReadParameters& parameters, const ReadoutLaw& readout, std::uint64_t seed,
                  std::uint64_t instance);

  [[nodiscard]] int size() const { return static_cast<int>(references_.size()); }
  // Between level `i` and level `i` + 1: a device that conducts more is beyond level i.
  [[nodiscard]] Conductance reference(int i) const {
    return references_[static_cast<std::size_t>(i)];
  }

 private:
  std::vector<Conductance> references_;
};

}  // namespace dwmtj
