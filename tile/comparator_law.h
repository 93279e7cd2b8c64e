// SPDX-License-Identifier: Apache-2.0
// A latched comparator without its clock: what it decides, and how long that takes.
#pragma once

#include <cstdint>

#include "core/random_stream.h"
#include "ledger/picoseconds.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

struct Decision {
  bool above;         // the input was found positive
  bool metastable;    // not decided within the window: a coin was thrown
  Picoseconds delay;  // from the strobe
};

// One instance: its offset is drawn once, its noise at each decision.
class ComparatorLaw {
 public:
  ComparatorLaw(const ComparatorParameters& parameters, std::uint64_t seed, std::uint64_t instance);

  Decision decide(Voltage input);
  [[nodiscard]] Voltage offset() const { return from_si<Voltage>(offset_); }
  [[nodiscard]] std::uint32_t decisions() const { return decisions_; }

 private:
  const ComparatorParameters* parameters_;
  std::uint64_t seed_;
  std::uint64_t instance_;
  std::uint32_t decisions_ = 0;
  double offset_;  // V
};

}  // namespace dwmtj
