// SPDX-License-Identifier: Apache-2.0
#include "tile/comparator_law.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dwmtj {

ComparatorLaw::ComparatorLaw(const ComparatorParameters& parameters, std::uint64_t seed,
                             std::uint64_t instance)
    : parameters_(&parameters), seed_(seed), instance_(instance) {
  const Draw drawn = draw(seed, Stream::comparator_offset, instance, 0);
  offset_ = in_si(parameters.remaining_offset()) * normal(drawn.words[0], drawn.words[1]);
  most_noise_ = in_si(parameters.noise) * kLargestNormal;
}

Decision ComparatorLaw::decide_within(Voltage input, Picoseconds limit) {
  const double least = std::abs(in_si(input) + offset_) - most_noise_;  // of what the latch sees
  if (least > seen_after(limit)) {
    ++decisions_;
    return {in_si(input) + offset_ > 0.0, false, 0};
  }
  return decide(input);
}

// The input that takes `limit` to decide, or the window where that is shorter; a picosecond of
// slack for the rounding of delays.
double ComparatorLaw::seen_after(Picoseconds limit) {
  if (limit != limit_) {
    limit_ = limit;
    const Picoseconds latest = std::min(limit, to_picoseconds(parameters_->window)) - 1;
    const double left = in_si(to_time(latest) - parameters_->delay);
    seen_ = left <= 0.0
                ? std::numeric_limits<double>::infinity()
                : in_si(parameters_->swing) * std::exp(-left / in_si(parameters_->regeneration));
  }
  return seen_;
}

Decision ComparatorLaw::decide(Voltage input) {
  const Draw drawn = draw(seed_, Stream::comparator_noise, instance_, decisions_++);
  const double noise = in_si(parameters_->noise) * normal(drawn.words[0], drawn.words[1]);
  const double seen = in_si(input) + offset_ + noise;
  // The latch regenerates exponentially: what starts near balance takes longer to reach the swing.
  const double folds = std::log(in_si(parameters_->swing) / std::max(std::abs(seen), 1e-30));
  const Time delay = parameters_->delay + parameters_->regeneration * std::max(folds, 0.0);
  if (delay > parameters_->window) {
    return {(drawn.words[2] & 1U) != 0, true, to_picoseconds(parameters_->window)};
  }
  return {seen > 0.0, false, to_picoseconds(delay)};
}

}  // namespace dwmtj
