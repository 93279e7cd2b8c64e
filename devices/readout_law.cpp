// SPDX-License-Identifier: Apache-2.0
#include "devices/readout_law.h"

#include <algorithm>

namespace dwmtj {

namespace {

// The switched and the unswitched part of the MTJ in parallel.
Conductance mixed(const DeviceParameters& parameters, const SiteParameters& site) {
  const Conductance parallel = 1.0 / parameters.readout.parallel;
  const Conductance antiparallel = 1.0 / parameters.readout.antiparallel;
  const double switched = parameters.geometry.switched_fraction(site.position);
  return antiparallel + switched * (parallel - antiparallel);
}

}  // namespace

ReadoutLaw::ReadoutLaw(const DeviceParameters& parameters)
    : draws_conductance_(parameters.pulses != nullptr ||
                         std::any_of(parameters.sites.begin(), parameters.sites.end(),
                                     [](const SiteParameters& site) {
                                       return in_si(site.conductance_spread) > 0.0;
                                     })),
      read_noise_(parameters.readout.read_noise) {
  for (const auto& site : parameters.sites) {
    const double sum = in_si(parameters.pulses ? site.level : mixed(parameters, site));
    // What stands in series shows a conductance, and its small spread, smaller.
    const double shown = 1.0 / (1.0 + sum * in_si(parameters.readout.series));
    levels_.push_back(draws_conductance_
                          ? Level{sum * shown, in_si(site.conductance_spread) * shown * shown}
                          : Level{1.0 / (sum * shown), in_si(site.spread)});
  }
}

Resistance ReadoutLaw::level(int site) const {
  const double mean = drawn_mean(site);
  return from_si<Resistance>(draws_conductance_ ? 1.0 / mean : mean);
}

Conductance ReadoutLaw::level_conductance(int site) const {
  const double mean = drawn_mean(site);
  return from_si<Conductance>(draws_conductance_ ? mean : 1.0 / mean);
}

Resistance ReadoutLaw::spread(int site) const {
  if (!draws_conductance_) return from_si<Resistance>(drawn_spread(site));
  return from_si<Conductance>(drawn_spread(site)) * level(site) * level(site);
}

Conductance ReadoutLaw::spread_conductance(int site) const {
  if (draws_conductance_) return from_si<Conductance>(drawn_spread(site));
  return spread(site) / (level(site) * level(site));
}

double ReadoutLaw::smallest_draw(int site) const {
  return drawn_mean(site) - kLargestNormal * drawn_spread(site);
}

double ReadoutLaw::drawn(int site, const Draw& arrival) const {
  return drawn_mean(site) + drawn_spread(site) * normal(arrival.words[2], arrival.words[3]);
}

Resistance ReadoutLaw::resistance(int site, const Draw& arrival) const {
  const double value = drawn(site, arrival);
  return from_si<Resistance>(draws_conductance_ ? 1.0 / value : value);
}

Conductance ReadoutLaw::conductance(int site, const Draw& arrival) const {
  const double value = drawn(site, arrival);
  return from_si<Conductance>(draws_conductance_ ? value : 1.0 / value);
}

Resistance ReadoutLaw::reading(Resistance resistance, const Draw& noise) const {
  return resistance * (1.0 + read_noise_ * normal(noise.words[0], noise.words[1]));
}

}  // namespace dwmtj
