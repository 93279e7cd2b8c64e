// SPDX-License-Identifier: Apache-2.0
// The weights of a layer on pairs of devices: a positive one is the level of the plus device, a
// negative one that of the minus device, the other device at the lowest level. Of several digits,
// each is on a pair of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "inference/level_set.h"
#include "networks/network.h"
#include "networks/weight_digits.h"

namespace dwmtj {

struct MappedWeights {
  double limit = 0;  // the weight of the full range; larger ones are clipped to it
  // Of pairs, signed: in the order of the matrix, digit after digit, the least first.
  std::vector<std::int16_t> levels;  // empty when continuous:
  std::vector<float> shares;         // of the range
  std::int64_t clipped = 0;
  std::vector<double> worth = {1.0};  // by digit: the weight that its full range is, in limits

  [[nodiscard]] int digits() const { return static_cast<int>(worth.size()); }
  // The share of the range that pair `i` is to have, signed.
  [[nodiscard]] double share(const LevelSet& set, std::size_t i) const;
};

// The limit leaves `percentile` percent of the weights between its two signs: the larger magnitude
// of that percentile and its opposite, so 100 clips none. With `cells`, which are pairs, a weight
// has their digits: each at whatever level comes nearest together; without, it is on one pair.
// Throws InputError: weights not finite.
MappedWeights map_weights(const Layer& layer, const LevelSet& levels, double percentile,
                          const std::optional<WeightCells>& cells = std::nullopt);

}  // namespace dwmtj
