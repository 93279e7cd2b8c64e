// SPDX-License-Identifier: Apache-2.0
#include "devices/transition_table.h"

#include <algorithm>
#include <cmath>

namespace dwmtj {
namespace {

constexpr double kScale = 0x1p31;  // a draw uses 31 bits, so that signed compares do

std::size_t index(int from, int to, int sites) {
  return static_cast<std::size_t>(from) * static_cast<std::size_t>(sites) +
         static_cast<std::size_t>(to);
}

}  // namespace

TransitionTable::TransitionTable(const SwitchingLaw& law, const Pulse& pulse)
    : pulse_(pulse),
      sites_(law.sites()),
      direction_(in_si(pulse.amplitude) >= 0.0 ? Direction::forward : Direction::reverse),
      bin_(in_si(pulse.shape.foot_to_foot()) / kBins) {
  fill_stay(law);
  fill_probabilities();
  fill_limits();
}

double TransitionTable::stay(int site, int bin) const {
  return stay_[static_cast<std::size_t>(site) * kBins + static_cast<std::size_t>(bin)];
}

int TransitionTable::flight_bins(int site) const {
  return std::max(1, static_cast<int>(std::ceil(flight_[static_cast<std::size_t>(site)] / bin_)));
}

// Simpson's rule over each bin; a bin in which the barrier vanishes is surely left.
void TransitionTable::fill_stay(const SwitchingLaw& law) {
  const auto rate = [&](int site, double t) {
    return law.escape_rate(site, direction_,
                           pulse_.amplitude * pulse_.shape.level(from_si<Time>(t)), pulse_.bias);
  };
  for (int site = 0; site < sites_; ++site) {
    const bool last = site == (direction_ == Direction::forward ? sites_ - 1 : 0);
    flight_.push_back(last ? 0.0 : in_si(law.flight_time(site, direction_)));
    for (int bin = 0; bin < kBins; ++bin) {
      const double start = bin * bin_;
      const double exposure =
          bin_ / 6.0 *
          (rate(site, start) + 4.0 * rate(site, start + 0.5 * bin_) + rate(site, start + bin_));
      stay_.push_back(std::exp(-exposure));
    }
  }
}

// Chance to end the pulse at `to` for a wall that arrives at `site` at the start of each bin, given
// the same for the next site on the way. Index kBins stands for arrival after the pulse.
std::vector<double> TransitionTable::reach(int site, int to,
                                           const std::vector<double>& next) const {
  std::vector<double> result(kBins + 1, site == to ? 1.0 : 0.0);
  const int flight = flight_bins(site);
  for (int bin = kBins - 1; bin >= 0; --bin) {
    const double keep = stay(site, bin);
    const double onward =
        next.empty() ? 0.0 : next[static_cast<std::size_t>(std::min(bin + flight, kBins))];
    result[static_cast<std::size_t>(bin)] =
        keep * result[static_cast<std::size_t>(bin) + 1] + (1.0 - keep) * onward;
  }
  return result;
}

void TransitionTable::fill_probabilities() {
  probability_.assign(static_cast<std::size_t>(sites_) * static_cast<std::size_t>(sites_), 0.0);
  const int step = static_cast<int>(direction_);
  for (int to = 0; to < sites_; ++to) {
    std::vector<double> chance;
    for (int site = to; site >= 0 && site < sites_; site -= step) {
      chance = reach(site, to, chance);
      probability_[index(site, to, sites_)] = chance.front();
    }
  }
}

void TransitionTable::fill_limits() {
  for (int from = 0; from < sites_; ++from) {
    double below = 0.0;
    for (int to = 0; to + 1 < sites_; ++to) {
      below += probability(from, to);
      const double limit = std::min(std::round(below * kScale), kScale) - 1.0;
      limits_.push_back(static_cast<std::int32_t>(limit));
    }
  }
}

double TransitionTable::probability(int from, int to) const {
  return probability_[index(from, to, sites_)];
}

std::vector<Hop> TransitionTable::motion(int from, int to, const Draw& draw) const {
  const int step = static_cast<int>(direction_);
  // Chances to reach `to`, from the end of the path back to its start.
  std::vector<std::vector<double>> reach_from;  // [hops to go]
  reach_from.push_back(reach(to, to, {}));
  for (int site = to; site != from; site -= step) {
    reach_from.push_back(reach(site - step, to, reach_from.back()));
  }
  std::vector<Hop> hops;
  double u = uniform(draw.words[1]);
  int bin = 0;
  for (int site = from; site != to; site += step) {
    const auto& here = reach_from[static_cast<std::size_t>(std::abs(to - site))];
    const auto& next = reach_from[static_cast<std::size_t>(std::abs(to - site)) - 1];
    const int flight = flight_bins(site);
    // One uniform serves the whole path: each decision uses up its share and rescales the rest.
    for (; bin < kBins - 1; ++bin) {
      const auto landing = static_cast<std::size_t>(std::min(bin + flight, kBins));
      const double leaves =
          (1.0 - stay(site, bin)) * next[landing] / here[static_cast<std::size_t>(bin)];
      if (u < leaves) {
        u /= leaves;
        break;
      }
      u = std::min((u - leaves) / (1.0 - leaves), 1.0 - 0x1p-53);
    }
    const double moment = (bin + u) * bin_;
    hops.push_back({site, site + step, from_si<Time>(moment),
                    from_si<Time>(moment + flight_[static_cast<std::size_t>(site)])});
    bin = std::min(bin + flight, kBins - 1);
  }
  return hops;
}

}  // namespace dwmtj
