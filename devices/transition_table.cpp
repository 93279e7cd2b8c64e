// SPDX-License-Identifier: Apache-2.0
#include "devices/transition_table.h"

#include <algorithm>
#include <cmath>

#include "devices/end_chances.h"
#include "devices/hop_sampler.h"

namespace dwmtj {
namespace {

constexpr double kScale = 0x1p31;  // a draw uses 31 bits, so that signed compares do

std::size_t index(int from, int to, int sites) {
  return static_cast<std::size_t>(from) * static_cast<std::size_t>(sites) +
         static_cast<std::size_t>(to);
}

}  // namespace

TransitionTable::TransitionTable(const SwitchingLaw& law, const Pulse& pulse)
    : law_(&law), pulse_(pulse), sites_(law.sites()) {
  law.check_reach(pulse.shape);
  fill_probabilities(WaitingClock(law, pulse));
  fill_limits();
}

TransitionTable::TransitionTable(std::vector<double> chances, Pulse pulse)
    : law_(nullptr),
      pulse_(std::move(pulse)),
      sites_(static_cast<int>(std::lround(std::sqrt(static_cast<double>(chances.size()))))),
      probability_(std::move(chances)) {
  fill_limits();
}

void TransitionTable::fill_probabilities(const WaitingClock& clock) {
  EndChances chances(sites_, 0, sites_);
  for (const auto& bin : clock.bins()) chances.step_back(clock, bin);
  probability_.assign(static_cast<std::size_t>(sites_) * static_cast<std::size_t>(sites_), 0.0);
  for (int from = 0; from < sites_; ++from) {
    for (int to = from; to < sites_; ++to) {
      probability_[index(clock.site(from), clock.site(to), sites_)] = chances.chance(from, to);
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
  if (from == to) return {};
  if (law_ == nullptr) {
    const Time end = pulse_.shape.foot_to_foot();
    return {{from, to, end, end}};
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!clock_) clock_ = std::make_unique<const WaitingClock>(*law_, pulse_);
  const auto sampler = samplers_.try_emplace({from, to}, *law_, *clock_, from, to).first;
  return sampler->second.hops(draw.words[1]);
}

}  // namespace dwmtj
