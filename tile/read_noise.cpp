// SPDX-License-Identifier: Apache-2.0
#include "tile/read_noise.h"

#include <cmath>

#include "common/index.h"
#include "common/random_stream.h"
#include "devices/conductance_grid.h"

namespace dwmtj {
namespace {

constexpr double kBoltzmann = 1.380649e-23;  // J/K, exact by definition

}  // namespace

// Johnson noise of a conductance G is a current of variance 4 k T G B; a reading that integrates
// for t has a band B of 1 / (2 t). Over the read voltage it is a conductance.
ReadNoise::ReadNoise(const TileParameters& tile, const DeviceModel& device, std::uint64_t seed,
                     std::uint64_t first_instance)
    : law_{seed, first_instance, std::pow(device.parameters().readout.read_noise, 2),
           2.0 * kBoltzmann * in_si(device.switching().temperature()) /
               in_si(tile.integration_time()) / std::pow(in_si(tile.read.voltage), 2),
           1.0 / in_si(tile.read.load)} {
  if (tile.read.noise) return;
  law_.relative = 0.0;
  law_.thermal = 0.0;
}

ReadNoise::Cells ReadNoise::one(double siemens) {
  return {square_on_grid(siemens), siemens + siemens};
}

Conductance ReadNoise::drawn(int column, std::uint32_t decision, const Cells& cells) const {
  if (!law_.draws()) return {};
  const Draw drawn =
      draw(law_.seed, Stream::read_noise, law_.first_instance + index(column), decision);
  return from_si<Conductance>(deviation(cells) * normal(drawn.words[0], drawn.words[1]));
}

// Of a device, read noise is at most that of `relative_`, and Johnson noise, a root, lies below its
// tangents; a little is added for the rounding of both.
ReadNoise::Bound ReadNoise::largest_of_one(Conductance around) const {
  if (!law_.draws()) return {0.0, 0.0};
  const double there = std::sqrt(law_.thermal * (2.0 * in_si(around) + law_.sense));
  const double slope = law_.thermal / there;
  const double most = kLargestNormal * (1.0 + 1e-6);
  return {most * (there - slope * in_si(around)), most * (slope + std::sqrt(law_.relative))};
}

}  // namespace dwmtj
