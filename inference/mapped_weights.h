// SPDX-License-Identifier: Apache-2.0
// The weights of a layer on pairs of devices: a positive one is the level of the plus device, a
// negative one that of the minus device, the other device at the lowest level.
#pragma once

#include <cstdint>
#include <vector>

#include "inference/level_set.h"
#include "networks/network.h"

namespace dwmtj {

struct MappedWeights {
  double limit = 0;                  // the weight of the full range; larger ones are clipped to it
  std::vector<std::int16_t> levels;  // signed; in the order of the matrix. Empty when continuous:
  std::vector<float> shares;         // of the range, signed
  std::int64_t clipped = 0;

  // The share of the range that weight `i` is to have, signed.
  [[nodiscard]] double share(const LevelSet& set, std::size_t i) const;
};

// The limit leaves `percentile` percent of the weights between its two signs: the larger magnitude
// of that percentile and its opposite, so 100 clips none. Throws InputError: weights not finite.
MappedWeights map_weights(const Layer& layer, const LevelSet& levels, double percentile);

}  // namespace dwmtj
