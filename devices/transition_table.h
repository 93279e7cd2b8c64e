// SPDX-License-Identifier: Apache-2.0
// What one pulse does to a wall, worked out once from the law: the chance of every end site, and
// when within the pulse each hop happens.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "common/random_stream.h"
#include "devices/hop_sampler.h"

namespace dwmtj {

class TransitionTable {
 public:
  // `law` outlives the table. Throws InputError for a pulse that is too short for it.
  TransitionTable(const SwitchingLaw& law, const Pulse& pulse);
  // Of a pulse whose chances were measured; the wall moves when it ends.
  TransitionTable(std::vector<double> chances, Pulse pulse);

  [[nodiscard]] int sites() const { return sites_; }
  [[nodiscard]] const Pulse& pulse() const { return pulse_; }
  [[nodiscard]] double probability(int from, int to) const;

  // The end site of a pulse: inverse CDF on the first word of the draw, 31 bits of it.
  [[nodiscard]] int end_site(int from, const Draw& draw) const {
    return end_site(from, draw.words[0]);
  }
  [[nodiscard]] int end_site(int from, std::uint32_t word) const {
    const auto u = static_cast<std::int32_t>(word >> 1U);
    const std::int32_t* row = limits(from);
    int site = 0;
    for (int to = 0; to + 1 < sites_; ++to) site += u > row[to] ? 1 : 0;
    return site;
  }
  // Whether no draw moves a wall from here.
  [[nodiscard]] bool stays_surely(int from) const {
    return end_site(from, 0U) == from && end_site(from, 0xFFFFFFFFU) == from;
  }
  // The row of `from` for bulk kernels: end site = how many of the sites()-1 limits lie below u.
  [[nodiscard]] const std::int32_t* limits(int from) const {
    return &limits_[static_cast<std::size_t>(from) * static_cast<std::size_t>(sites_ - 1)];
  }

  // The hops of a pulse that moved the wall from `from` to `to`, sampled from the law given that
  // end by the second word of the draw. Empty when from == to. Thread-safe.
  [[nodiscard]] std::vector<Hop> motion(int from, int to, const Draw& draw) const;

 private:
  void fill_probabilities(const WaitingClock& clock);
  void fill_limits();

  const SwitchingLaw* law_;  // null: measured
  Pulse pulse_;
  int sites_;
  std::vector<double> probability_;   // [from][to]
  std::vector<std::int32_t> limits_;  // [from][to], to < sites-1
  // Kept from the first motion on.
  mutable std::mutex mutex_;
  mutable std::unique_ptr<const WaitingClock> clock_;
  mutable std::map<std::pair<int, int>, HopSampler> samplers_;  // [from, to]
};

}  // namespace dwmtj
