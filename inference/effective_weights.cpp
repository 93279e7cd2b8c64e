// SPDX-License-Identifier: Apache-2.0
#include "inference/effective_weights.h"

namespace dwmtj {

std::vector<float> effective_weights(const PairConductances& pairs, const LevelSet& levels,
                                     const MappedWeights& weights) {
  const auto count = pairs.plus.size() / weights.worth.size();
  std::vector<float> effective(count);
  const double scale = weights.limit / levels.range();
  for (std::size_t i = 0; i < count; ++i) {
    double sum = 0;
    for (std::size_t d = 0; d < weights.worth.size(); ++d) {
      const auto pair = d * count + i;
      sum += (double{pairs.plus[pair]} - double{pairs.minus[pair]}) * (scale * weights.worth[d]);
    }
    effective[i] = static_cast<float>(sum);
  }
  return effective;
}

}  // namespace dwmtj
