// SPDX-License-Identifier: Apache-2.0
#include "devices/hop_sampler.h"

#include <algorithm>
#include <cmath>

#include "common/random_stream.h"
#include "devices/leaving.h"

namespace dwmtj {
namespace {

std::size_t places_between(int from, int to) { return static_cast<std::size_t>(to - from) + 1; }

// How far into a bin a wall leaves that leaves within it.
double share_at(double exposure, double u) {
  if (std::isinf(exposure)) return 0.0;
  return exposure < 1e-9 ? u : -std::log1p(u * std::expm1(-exposure)) / exposure;
}

}  // namespace

HopSampler::HopSampler(const SwitchingLaw& law, const WaitingClock& clock, int from, int to)
    : law_(law), clock_(clock), from_(clock.place(from)), to_(clock.place(to)) {
  const auto& bins = clock.bins();
  const double start = clock.waiting_time(from_, 0.0);
  first_bin_ = 0;  // the earliest in which the wall is at from_
  EndChances chances(clock.places(), to_, 1);
  for (std::size_t bin = 0;; ++bin) {
    for (int place = from_; place <= to_; ++place) chances_.push_back(chances.chance(place, to_));
    if (bin == bins.size() || 0.5 * (bins[bin].start + bins[bin].end) < start) break;
    first_bin_ = bin;
    chances.step_back(clock, bins[bin]);
  }
}

double HopSampler::at_end(std::size_t bin, int place) const {
  return chances_[bin * places_between(from_, to_) + static_cast<std::size_t>(place - from_)];
}

double HopSampler::at_start(std::size_t bin, int place) const { return at_end(bin + 1, place); }

// The bins from that of the arrival on are offered in turn; the last one takes who is left.
HopSampler::Moment HopSampler::leaving(int place, Moment arrival, std::uint32_t choice,
                                       std::uint32_t position) const {
  double u = uniform(choice);
  double now = arrival.time;
  for (std::size_t i = arrival.bin;; --i) {
    const auto& bin = clock_.bins()[i];
    const double length = bin.end - bin.start;
    const double share = (bin.end - now) / length;
    const double exposure = clock_.exposure(bin, place).total() * share;
    const Leaving leaving(exposure);
    const double next_now = share * at_start(i, place + 1) + (1.0 - share) * at_end(i, place + 1);
    const double leaves = leaving.early * next_now + leaving.late * at_end(i, place + 1);
    const double chance = leaves / (leaves + leaving.stay * at_end(i, place));
    const bool last =
        i == 0 || place < clock_.bins()[i - 1].first || place > clock_.bins()[i - 1].last;
    if (last || u < chance) {
      return {i, now + share_at(exposure, uniform(position)) * (bin.end - now)};
    }
    if (chance > 0.0) u = (u - chance) / (1.0 - chance);
    now = bin.end;
  }
}

Hop HopSampler::hop(int place, double waiting) const {
  const int from = clock_.site(place);
  const int to = clock_.site(place + 1);
  const auto leaves = from_si<Time>(clock_.pulse_time(place, waiting));
  return {from, to, leaves,
          leaves + law_.flight_time(from, to > from ? Direction::forward : Direction::reverse)};
}

std::vector<Hop> HopSampler::hops(std::uint32_t word) const {
  std::vector<Hop> hops;
  Moment moment{first_bin_, clock_.bins()[first_bin_].start};
  for (int place = from_; place < to_; ++place) {
    const auto drawn = draw(word, Stream::motion, 0, static_cast<std::uint32_t>(hops.size())).words;
    moment = leaving(place, moment, drawn[0], drawn[1]);
    hops.push_back(hop(place, moment.time));
  }
  return hops;
}

}  // namespace dwmtj
