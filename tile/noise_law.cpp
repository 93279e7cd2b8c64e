// SPDX-License-Identifier: Apache-2.0
#include "tile/noise_law.h"

#include <cmath>

namespace dwmtj {
namespace {

constexpr double kBoltzmann = 1.380649e-23;  // J/K, exact by definition

}  // namespace

// Johnson noise of a conductance G is a current of variance 4 k T G B; a reading that integrates
// for t has a band B of 1 / (2 t). Over the read voltage it is a conductance.
NoiseLaw noise_law(const TileParameters& tile, const DeviceModel& device, Temperature temperature) {
  return {std::pow(device.parameters().readout.read_noise, 2),
          2.0 * kBoltzmann * in_si(temperature) / in_si(tile.integration_time()) /
              std::pow(in_si(tile.read.voltage), 2),
          1.0 / in_si(tile.read.load)};
}

}  // namespace dwmtj
