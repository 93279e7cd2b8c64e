// SPDX-License-Identifier: Apache-2.0
#include "tile/comparator_law.h"

#include <algorithm>
#include <cmath>

namespace dwmtj {

ComparatorLaw::ComparatorLaw(const ComparatorParameters& parameters, std::uint64_t seed,
                             std::uint64_t instance)
    : parameters_(&parameters), seed_(seed), instance_(instance) {
  const Draw drawn = draw(seed, Stream::comparator_offset, instance, 0);
  offset_ = in_si(parameters.offset) * normal(drawn.words[0], drawn.words[1]);
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
