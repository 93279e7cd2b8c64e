// SPDX-License-Identifier: Apache-2.0
#include "tile/sum_reference.h"

#include <cmath>
#include <cstdlib>

#include "common/random_stream.h"

namespace dwmtj {

// A source of 2^bit unit sources in parallel: their errors are independent.
SumReference::SumReference(const SumReferenceParameters& parameters, std::uint64_t seed,
                           std::uint64_t instance) {
  const double unit = in_si(parameters.lsb(parameters.bits));
  for (int bit = 0; bit + 1 < parameters.bits; ++bit) {
    const Draw drawn = draw(seed, Stream::sum_reference, instance, static_cast<std::uint32_t>(bit));
    const double units = std::ldexp(1.0, bit);
    const double error =
        parameters.mismatch * std::sqrt(units) * normal(drawn.words[0], drawn.words[1]);
    sources_.push_back(unit * (units + error));
  }
}

Current SumReference::current(int code) const {
  const auto magnitude = static_cast<unsigned>(std::abs(code));
  double sum = 0.0;
  for (auto bit = sources_.size(); bit-- > 0;) {
    if ((magnitude >> bit & 1U) != 0) sum += sources_[bit];
  }
  return from_si<Current>(code < 0 ? -sum : sum);
}

}  // namespace dwmtj
