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
  [[nodiscard]] Conductance level_conductance(int site) const { return 1.0 / level(site); }
  [[nodiscard]] Conductance spread_conductance(int site) const;

  // The resistance at `site` for the visit that began with the device's draw `arrival`.
  [[nodiscard]] Resistance resistance(int site, const Draw& arrival) const;
  // One 4-point reading of `resistance`, with the instrument's noise.
  [[nodiscard]] Resistance reading(Resistance resistance, const Draw& noise) const;

 private:
  struct Level {
    double mean;    // ohm
    double spread;  // ohm
  };
  std::vector<Level> levels_;
  double read_noise_;
};

}  // namespace dwmtj
