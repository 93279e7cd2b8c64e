// SPDX-License-Identifier: Apache-2.0
#include "tile/misreading.h"

#include <cmath>

#include "common/index.h"

namespace dwmtj {
namespace {

constexpr double kReach = 8.0;  // of an integral over a normal, in standard deviations
constexpr int kSteps = 400;

double share_below(double deviations) { return 0.5 * std::erfc(-deviations / std::sqrt(2.0)); }

}  // namespace

Misreading::Misreading(const TileParameters& tile, const DeviceModel& device, int columns,
                       std::uint64_t seed, std::uint64_t first_comparator)
    : tile_(tile),
      device_(device),
      ladder_(tile.read, device.readout(), seed, first_comparator),
      noise_(tile, device, seed, first_comparator) {
  for (int column = 0; column < columns; ++column) {
    comparators_.emplace_back(tile.comparator, seed, first_comparator + index(column));
  }
}

double Misreading::chance(Conductance device, int level, int column) const {
  const double gain = in_si(tile_.read.load) * in_si(tile_.read.voltage);  // V a S
  const double offset = in_si(comparators_[index(column)].offset());
  const double of_reading = gain * noise_.deviation(ReadNoise::one(in_si(device)));
  const double deviation = std::hypot(of_reading, in_si(tile_.comparator.noise));
  const auto above = [&](int reference) {
    return (gain * in_si(device - ladder_.reference(reference)) + offset) / deviation;
  };
  const double below = level > 0 ? share_below(-above(level - 1)) : 0.0;
  const double beyond = level < ladder_.size() ? share_below(above(level)) : 0.0;
  return below + beyond;
}

Misreading::Range Misreading::after_write_verify(int level, int column) const {
  const auto& readout = device_.readout();
  double drawn = 0.0;
  double accepted_once = 0.0;
  double misread_once = 0.0;
  double misread_at_most = 0.0;
  for (int step = 0; step <= kSteps; ++step) {
    const double z = kReach * (2.0 * step / kSteps - 1.0);
    const double weight = std::exp(-0.5 * z * z);
    const double value = readout.drawn_mean(level) + z * readout.drawn_spread(level);
    const auto device = from_si<Conductance>(readout.draws_conductance() ? value : 1.0 / value);
    const double misread = chance(device, level, column);
    drawn += weight;
    accepted_once += weight * (1.0 - misread);
    misread_once += weight * (1.0 - misread) * misread;
    misread_at_most += weight * (1.0 - std::pow(misread, tile_.verify.pulses)) * misread;
  }
  return {misread_once / drawn, misread_at_most / accepted_once};
}

}  // namespace dwmtj
