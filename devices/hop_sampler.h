// SPDX-License-Identifier: Apache-2.0
// When within a pulse a wall hops, given where it ends: sampled from the law on that condition.
#pragma once

#include <cstdint>
#include <vector>

#include "devices/end_chances.h"

namespace dwmtj {

// One hop of a wall. Times count from the first foot of the pulse.
struct Hop {
  int from;
  int to;
  Time leaves;
  Time arrives;
};

class HopSampler {
 public:
  // Of walls that a pulse takes from the site `from` to another, `to`. Both arguments outlive it.
  HopSampler(const SwitchingLaw& law, const WaitingClock& clock, int from, int to);

  // The hops in order; `word` is all that they depend on.
  [[nodiscard]] std::vector<Hop> hops(std::uint32_t word) const;

 private:
  struct Moment {  // on the waiting clock
    std::size_t bin;
    double time;
  };
  [[nodiscard]] Moment leaving(int place, Moment arrival, std::uint32_t choice,
                               std::uint32_t position) const;
  [[nodiscard]] double at_start(std::size_t bin, int place) const;
  [[nodiscard]] double at_end(std::size_t bin, int place) const;
  [[nodiscard]] Hop hop(int place, double waiting) const;

  const SwitchingLaw& law_;
  const WaitingClock& clock_;
  int from_;  // places
  int to_;
  std::size_t first_bin_;        // the earliest is the last of the clock's
  std::vector<double> chances_;  // [bins after][place from from_ to to_]: to end at to_
};

}  // namespace dwmtj
