// SPDX-License-Identifier: Apache-2.0
#include "tile/read_noise.h"

#include <cmath>

#include "common/index.h"
#include "common/random_stream.h"
#include "devices/conductance_grid.h"

namespace dwmtj {

ReadNoise::ReadNoise(const TileParameters& tile, const DeviceModel& device, std::uint64_t seed,
                     std::uint64_t first_instance)
    : law_{noise_law(tile, device, device.temperature()), seed, first_instance} {
  if (tile.read.noise) return;
  law_.relative = 0.0;
  law_.thermal = 0.0;
  law_.stored = 0.0;
}

ReadNoise::Cells ReadNoise::one(double siemens) {
  return {square_on_grid(siemens), siemens + siemens};
}

Conductance ReadNoise::drawn(int column, std::uint32_t decision, const Cells& cells) const {
  if (law_.silent()) return {};
  const Draw drawn =
      draw(law_.seed, Stream::read_noise, law_.first_instance + index(column), decision);
  return from_si<Conductance>(deviation(cells) * normal(drawn.words[0], drawn.words[1]));
}

// Of a device, read noise is at most that of `relative_`, and Johnson noise, a root, lies below its
// tangents; a little is added for the rounding of both.
ReadNoise::Bound ReadNoise::largest_of_one(Conductance around) const {
  if (law_.silent()) return {0.0, 0.0};
  const double there = std::sqrt(law_.thermal * (2.0 * in_si(around) + law_.sense) + law_.stored);
  const double slope = law_.thermal / there;
  const double most = kLargestNormal * (1.0 + 1e-6);
  return {most * (there - slope * in_si(around)), most * (slope + std::sqrt(law_.relative))};
}

}  // namespace dwmtj
