// SPDX-License-Identifier: Apache-2.0
// A latched comparator without its clock: what it decides, and how long that takes.
#pragma once

#include <cstdint>

#include "common/picoseconds.h"
#include "common/random_stream.h"
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
  // The same decision where its delay matters only as being below `limit`: clear inputs are told
  // without working the noise out. The delay is then given as 0.
  Decision decide_within(Voltage input, Picoseconds limit);
  // An input this far from balance, offset included, is clear to decide_within().
  [[nodiscard]] Voltage clear_beyond(Picoseconds limit) {
    return from_si<Voltage>(most_noise_ + seen_after(limit));
  }
  // Clear decisions made elsewhere: their draws count as made.
  void add_clear_decisions(int count) { decisions_ += static_cast<std::uint32_t>(count); }
  // As one that has decided so often.
  void restore(std::uint32_t decisions) { decisions_ = decisions; }
  [[nodiscard]] Voltage offset() const { return from_si<Voltage>(offset_); }
  [[nodiscard]] std::uint32_t decisions() const { return decisions_; }

 private:
  double seen_after(Picoseconds limit);

  const ComparatorParameters* parameters_;
  std::uint64_t seed_;
  std::uint64_t instance_;
  std::uint32_t decisions_ = 0;
  double offset_;           // V
  double most_noise_;       // V: no draw is larger
  Picoseconds limit_ = -1;  // of seen_
  double seen_ = 0.0;       // V
};

}  // namespace dwmtj
