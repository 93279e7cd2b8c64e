// SPDX-License-Identifier: Apache-2.0
// How large the noise of a reading is: the variance of what a column is found to conduct. Where it
// is drawn is another matter (tile/read_noise.h).
#pragma once

#include "devices/device_model.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

struct NoiseLaw {
  double relative = 0.0;  // variance of a device's conductance over its square
  double thermal = 0.0;   // S: variance that a conductance has, over it
  double sense = 0.0;     // S: of the resistance that senses
  double stored = 0.0;    // S^2: variance of the offset that a comparator has stored

  [[nodiscard]] bool silent() const { return relative == 0.0 && thermal == 0.0 && stored == 0.0; }
  // S^2, of the squares of the conductances that are under voltage, and of all that lead to a
  // column.
  [[nodiscard]] double variance(double squares, double conductance) const {
    return relative * squares + thermal * (conductance + sense) + stored;
  }
};

// Of a tile and its device, whether the tile draws it or not.
NoiseLaw noise_law(const TileParameters& tile, const DeviceModel& device, Temperature temperature);

}  // namespace dwmtj
