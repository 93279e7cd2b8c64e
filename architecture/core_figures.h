// SPDX-License-Identifier: Apache-2.0
// Area, power and peak throughput, added up from the components.
#pragma once

#include <string>
#include <vector>

#include "architecture/core_parameters.h"

namespace dwmtj {

struct ComponentFigures {
  std::string name;
  double count;
  Area area;  // of all instances, like all that follows
  Power leakage;
  Power peak_power;  // every action at its peak, and leakage
};

struct Figures {
  Area area{};
  Power leakage{};
  Power peak_power{};
  double operations = 0.0;   // a second: a multiplication and an addition are two
  double weights = 0.0;      // stored
  double stored_bits = 0.0;  // in the cells, by their levels
  std::vector<ComponentFigures> components;

  [[nodiscard]] double operations_per_joule() const;
  [[nodiscard]] double operations_per_area() const;   // a second and m^2
  [[nodiscard]] double stored_bits_per_area() const;  // a m^2
};

Figures figures_of(const CoreParameters& core);

// `cores` of them and what the chip has besides.
Figures figures_of(const CoreParameters& core, double cores,
                   const std::vector<ComponentParameters>& others);

}  // namespace dwmtj
