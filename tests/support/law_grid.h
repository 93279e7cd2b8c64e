// SPDX-License-Identifier: Apache-2.0
// A grid of pulses over all that the law covers, made by a rule: the Halton sequence, so that no
// point is chosen. Transition tables are held against independent draws on it.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "devices/transition_table.h"
#include "tests/support/catalog_model.h"
#include "tests/support/independent_walls.h"

namespace dwmtj::test {

struct GridPoint {
  std::string device;
  double temperature = 0.0;  // K, 4 to 400
  double width = 0.0;        // s, 0.5 ns to 1 s
  int edges = 0;             // 0: none, 1: in proportion to the device's, 2: a triangle
  double drive = 0.0;        // amplitude over the critical one of the start, signed
  int from = 0;
};

inline double halton(std::uint32_t i, std::uint32_t base) {
  double result = 0.0;
  for (double digit = 1.0 / base; i > 0; i /= base, digit /= base) result += digit * (i % base);
  return result;
}

inline SwitchingLaw law_of(const GridPoint& point) {
  return {catalog_model(point.device).parameters(), from_si<Temperature>(point.temperature)};
}

inline Pulse pulse_of(const GridPoint& point, const SwitchingLaw& law) {
  const auto& parameters = catalog_model(point.device).parameters();
  const auto& nominal = parameters.operating_point.shape;
  const double stretch = point.width / in_si(nominal.width);
  const auto edge = [&](Time of_device) {
    return point.edges == 0   ? 0.0 * si::seconds
           : point.edges == 1 ? stretch * of_device
                              : from_si<Time>(point.width);
  };
  const bool forward = point.drive > 0.0;
  const Field bias = forward ? parameters.fields.write : parameters.fields.reset;
  const auto direction = forward ? Direction::forward : Direction::reverse;
  return {std::abs(point.drive) * law.critical_current(point.from, direction, bias),
          {from_si<Time>(point.width), edge(nominal.rise), edge(nominal.fall)},
          bias};
}

// Integral of the rate of leaving the start over the pulse, in plain steps.
inline double exposure_of(const GridPoint& point) {
  constexpr int kSteps = 1000;
  const auto law = law_of(point);
  const auto pulse = pulse_of(point, law);
  const auto direction = point.drive > 0.0 ? Direction::forward : Direction::reverse;
  const Time step = pulse.shape.foot_to_foot() / static_cast<double>(kSteps);
  double sum = 0.0;
  for (int i = 0; i < kSteps; ++i) {
    const double level = pulse.shape.level((i + 0.5) * step);
    sum += law.escape_rate(point.from, direction, level * pulse.amplitude, pulse.bias);
  }
  return sum * in_si(step);
}

// The same point with the drive, below the critical one, that gives about this exposure.
inline GridPoint with_exposure(GridPoint point, double exposure) {
  double low = 0.0;
  double high = 1.0;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (low + high);
    point.drive = std::copysign(middle, point.drive);
    (exposure_of(point) < exposure ? low : high) = middle;
  }
  return point;
}

// `each` points a device of the catalog. Every third has a drive from 0.1 to 40 times critical,
// evenly in the logarithm, where most ends are certain; the others that of an exposure from 0.1 to
// 30, where they are shared.
inline std::vector<GridPoint> law_grid(std::uint32_t each) {
  std::vector<GridPoint> grid;
  const auto between = [](double u, double least, double most) {
    return least * std::pow(most / least, u);
  };
  std::uint32_t i = 0;
  for (const auto& device : law_device_names()) {
    const int sites = catalog_model(device).sites();
    for (std::uint32_t k = 0; k < each; ++k) {
      ++i;
      const bool forward = halton(i, 11) < 0.5;
      const auto from = static_cast<int>(halton(i, 13) * (sites - 1));
      const double drive = between(halton(i, 2), 0.1, 40.0);
      const GridPoint point{device,
                            between(halton(i, 3), 4.0, 400.0),
                            between(halton(i, 5), 0.5e-9, 1.0),
                            static_cast<int>(3.0 * halton(i, 7)),
                            forward ? drive : -drive,
                            forward ? from : sites - 1 - from};
      grid.push_back(k % 3 == 0 ? point : with_exposure(point, between(halton(i, 2), 0.1, 30.0)));
    }
  }
  return grid;
}

// Stepped in time up to 1 us, from event to event beyond.
inline std::unique_ptr<PulsedWall> wall_of(const SwitchingLaw& law, const Pulse& pulse, int steps) {
  if (in_si(pulse.shape.width) > 1e-6) return std::make_unique<EventWall>(law, pulse);
  return std::make_unique<SteppedWall>(law, pulse, steps);
}

// By how many standard errors `draws` independent walls are off the table: the most of all shares
// up to an end, of which at least ten walls are expected on either side, and of the mean end.
inline double most_sigmas(const TransitionTable& table, int from, const PulsedWall& wall, int draws,
                          std::mt19937_64& random) {
  std::vector<double> counts(static_cast<std::size_t>(table.sites()), 0.0);
  for (int i = 0; i < draws; ++i) counts[static_cast<std::size_t>(wall.walk(from, random).end)]++;
  double most = 0.0;
  double below = 0.0;
  double counted = 0.0;
  double mean = 0.0;
  double square = 0.0;
  double counted_mean = 0.0;
  for (int to = 0; to < table.sites(); ++to) {
    const double p = table.probability(from, to);
    below += p;
    counted += counts[static_cast<std::size_t>(to)];
    mean += p * to;
    square += p * to * to;
    counted_mean += counts[static_cast<std::size_t>(to)] * to / draws;
    const double least = std::min(below, 1.0 - below) * draws;
    if (least >= 10.0) {
      const double off = counted - draws * below;
      most = std::max(most, std::abs(off) / std::sqrt(draws * below * (1.0 - below)));
    } else if (to + 1 < table.sites()) {
      // Rarer than that: as many as a Poisson number may show.
      const double rare = below < 0.5 ? counted : draws - counted;
      most = std::max(most, (rare - least) / std::sqrt(std::max(least, 0.0) + 3.0));
    }
  }
  const double error = std::sqrt(std::max(square - mean * mean, 0.0) / draws);
  if (error > 1e-3) most = std::max(most, std::abs(counted_mean - mean) / error);
  return most;
}

}  // namespace dwmtj::test
