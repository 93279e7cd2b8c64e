// SPDX-License-Identifier: Apache-2.0
#include "devices/readout_law.h"

namespace dwmtj {

ReadoutLaw::ReadoutLaw(const DeviceParameters& parameters)
    : read_noise_(parameters.readout.read_noise) {
  const Conductance parallel = 1.0 / parameters.readout.parallel;
  const Conductance antiparallel = 1.0 / parameters.readout.antiparallel;
  for (const auto& site : parameters.sites) {
    const double switched = parameters.geometry.switched_fraction(site.position);
    const Conductance sum = antiparallel + switched * (parallel - antiparallel);
    levels_.push_back({1.0 / in_si(sum), in_si(site.spread)});
  }
}

Resistance ReadoutLaw::level(int site) const {
  return from_si<Resistance>(levels_[static_cast<std::size_t>(site)].mean);
}

Resistance ReadoutLaw::spread(int site) const {
  return from_si<Resistance>(levels_[static_cast<std::size_t>(site)].spread);
}

Conductance ReadoutLaw::spread_conductance(int site) const {
  return spread(site) / (level(site) * level(site));
}

Resistance ReadoutLaw::resistance(int site, const Draw& arrival) const {
  const auto& level = levels_[static_cast<std::size_t>(site)];
  return from_si<Resistance>(level.mean +
                             level.spread * normal(arrival.words[2], arrival.words[3]));
}

Resistance ReadoutLaw::reading(Resistance resistance, const Draw& noise) const {
  return resistance * (1.0 + read_noise_ * normal(noise.words[0], noise.words[1]));
}

}  // namespace dwmtj
