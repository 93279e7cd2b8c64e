// SPDX-License-Identifier: Apache-2.0
// Pairs as they are seen through the wires of their arrays: each block's effective matrix in place
// of its conductances.
#pragma once

#include "inference/weight_writer.h"
#include "wires/crossbar.h"

namespace dwmtj {

// A pair's plus and minus columns are neighbours. Cells of a block that hold no weight are at the
// lowest level on both sides; what they let through to columns of other groups is left out.
void apply_wires(const LayerToWrite& what, const LevelSet& levels, const WireResistances& wires,
                 PairConductances& pairs);

}  // namespace dwmtj
