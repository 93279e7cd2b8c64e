// SPDX-License-Identifier: Apache-2.0
// What a tile that is to be built cannot claim: noise, energy and supply that contradict kT/C, or a
// field without a source (docs/tile/tile_consistency.md).
#pragma once

#include "tile/tile_parameters.h"

namespace dwmtj {

// Noise of a latch whose two sides are charged with `energy` at each decision: 2 kT/C.
Voltage least_latch_noise(Energy energy, Voltage supply);
Energy least_latch_energy(Voltage noise, Voltage supply);
// Noise of an offset that is stored on a capacitor charged with `energy`: kT/C.
Voltage least_stored_noise(Energy energy, Voltage supply);

// Throws InputError at the key that contradicts the rest, unless the tile is as measured.
void check_consistency(const TileParameters& tile, const ParameterNode& root);

}  // namespace dwmtj
