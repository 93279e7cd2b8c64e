// SPDX-License-Identifier: Apache-2.0
#include "tile/read_noise.h"

#include <cmath>

#include "common/index.h"
#include "common/random_stream.h"
#include "common/thermal_energy.h"
#include "devices/conductance_grid.h"

namespace dwmtj {
namespace {}  // namespace

// Johnson noise of a conductance G is a current of variance 4 k T G B; a reading that integrates
// for t has a band B of 1 / (2 t). Over the read voltage it is a conductance.
ReadNoise::ReadNoise(const TileParameters& tile, const DeviceModel& device, std::uint64_t seed,
                     std::uint64_t first_instance)
    : seed_(seed),
      first_instance_(first_instance),
      relative_(std::pow(device.parameters().readout.read_noise, 2)),
      thermal_(2.0 * thermal_energy(device.switching().temperature()) /
               in_si(tile.integration_time()) / std::pow(in_si(tile.read.voltage), 2)),
      sense_(1.0 / in_si(tile.read.load)),
      stored_(
          std::pow(in_si(tile.comparator.zero.noise / (tile.read.load * tile.read.voltage)), 2)) {
  if (tile.read.noise) return;
  relative_ = 0.0;
  thermal_ = 0.0;
  stored_ = 0.0;
}

ReadNoise::Cells ReadNoise::one(double siemens) {
  return {square_on_grid(siemens), siemens + siemens};
}

double ReadNoise::deviation(const Cells& cells) const {
  return std::sqrt(relative_ * cells.squares + thermal_ * (cells.conductance + sense_) + stored_);
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
  const double there = std::sqrt(thermal_ * (2.0 * in_si(around) + sense_) + stored_);
  const double slope = thermal_ / there;
  const double most = kLargestNormal * (1.0 + 1e-6);
  return {most * (there - slope * in_si(around)), most * (slope + std::sqrt(relative_))};
}

}  // namespace dwmtj
