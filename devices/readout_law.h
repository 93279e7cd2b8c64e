// SPDX-License-Identifier: Apache-2.0
// From the wall's site to the resistance of the MTJ above it: the switched and the unswitched part
// of its area conduct in parallel. Each arrival draws its own small deviation from the level.
#pragma once

#include <vector>

#include "common/random_stream.h"
#include "devices/device_parameters.h"

namespace dwmtj {

class ReadoutLaw {
 public:
  explicit ReadoutLaw(const DeviceParameters& parameters);

  [[nodiscard]] int sites() const { return static_cast<int>(levels_.size()); }
  [[nodiscard]] Resistance level(int site) const;
  [[nodiscard]] Resistance spread(int site) const;
  [[nodiscard]] Conductance level_conductance(int site) const;
  [[nodiscard]] Conductance spread_conductance(int site) const;

  // At `site` for the visit that began with the device's draw `arrival`.
  [[nodiscard]] Resistance resistance(int site, const Draw& arrival) const;
  [[nodiscard]] Conductance conductance(int site, const Draw& arrival) const;
  // One 4-point reading of `resistance`, with the instrument's noise.
  [[nodiscard]] Resistance reading(Resistance resistance, const Draw& noise) const;

  // What an arrival draws, for code that draws many at once: mean + spread * normal, a resistance
  // in ohm or a conductance in S.
  [[nodiscard]] bool draws_conductance() const { return draws_conductance_; }
  [[nodiscard]] double drawn_mean(int site) const { return levels_[index(site)].mean; }
  [[nodiscard]] double drawn_spread(int site) const { return levels_[index(site)].spread; }
  [[nodiscard]] double smallest_draw(int site) const;

 private:
  struct Level {
    double mean;
    double spread;
  };
  static std::size_t index(int site) { return static_cast<std::size_t>(site); }
  [[nodiscard]] double drawn(int site, const Draw& arrival) const;

  std::vector<Level> levels_;
  bool draws_conductance_;
  double read_noise_;
};

}  // namespace dwmtj
