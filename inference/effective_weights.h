// SPDX-License-Identifier: Apache-2.0
// What written pairs are worth as the weights of their layer, their digits added up.
#pragma once

#include "inference/weight_writer.h"

namespace dwmtj {

std::vector<float> effective_weights(const PairConductances& pairs, const LevelSet& levels,
                                     const MappedWeights& weights);

}  // namespace dwmtj
