// SPDX-License-Identifier: Apache-2.0
#include "tile/noise_law.h"

#include <cmath>

#include "common/thermal_energy.h"

namespace dwmtj {

// Johnson noise of a conductance G is a current of variance 4 k T G B; a reading that integrates
// for t has a band B of 1 / (2 t). Over the read voltage it is a conductance.
NoiseLaw noise_law(const TileParameters& tile, const DeviceModel& device, Temperature temperature) {
  return {std::pow(device.parameters().readout.read_noise, 2),
          2.0 * thermal_energy(temperature) / in_si(tile.integration_time()) /
              std::pow(in_si(tile.read.voltage), 2),
          1.0 / in_si(tile.read.load),
          std::pow(in_si(tile.comparator.zero.noise / (tile.read.load * tile.read.voltage)), 2)};
}

}  // namespace dwmtj
