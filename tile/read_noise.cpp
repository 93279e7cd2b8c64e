// SPDX-License-Identifier: Apache-2.0
#include "tile/read_noise.h"

#include <cmath>

#include "common/index.h"
#include "common/random_stream.h"
#include "devices/conductance_grid.h"
#include "tile/noise_law.h"

namespace dwmtj {

ReadNoise::ReadNoise(const TileParameters& tile, const DeviceModel& device, std::uint64_t seed,
                     std::uint64_t first_instance)
    : seed_(seed), first_instance_(first_instance), relative_(0.0), thermal_(0.0), sense_(0.0) {
  if (!tile.read.noise) return;
  const auto law = noise_law(tile, device, device.switching().temperature());
  relative_ = law.relative;
  thermal_ = law.thermal;
  sense_ = law.sense;
}

ReadNoise::Cells ReadNoise::one(double siemens) {
  return {square_on_grid(siemens), siemens + siemens};
}

double ReadNoise::deviation(const Cells& cells) const {
  const NoiseLaw law{relative_, thermal_, sense_};
  return std::sqrt(law.variance(cells.squares, cells.conductance));
}

Conductance ReadNoise::drawn(int column, std::uint32_t decision, const Cells& cells) const {
  if (thermal_ == 0.0) return {};
  const Draw drawn = draw(seed_, Stream::read_noise, first_instance_ + index(column), decision);
  return from_si<Conductance>(deviation(cells) * normal(drawn.words[0], drawn.words[1]));
}

// Of a device, read noise is at most that of `relative_`, and Johnson noise, a root, lies below its
// tangents; a little is added for the rounding of both.
ReadNoise::Bound ReadNoise::largest_of_one(Conductance around) const {
  if (thermal_ == 0.0) return {0.0, 0.0};
  const double there = std::sqrt(thermal_ * (2.0 * in_si(around) + sense_));
  const double slope = thermal_ / there;
  const double most = kLargestNormal * (1.0 + 1e-6);
  return {most * (there - slope * in_si(around)), most * (slope + std::sqrt(relative_))};
}

}  // namespace dwmtj
