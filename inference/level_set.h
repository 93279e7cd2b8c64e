// SPDX-License-Identifier: Apache-2.0
// The conductances a device can be written to, and how far a written one is off.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

struct LevelSet {
  std::string name;
  double least = 0;                 // S
  double largest = 0;               // S
  std::vector<double> conductance;  // S, ascending; empty: any between the two
  std::vector<double> error;  // S, standard deviation of a written one, by level; or one for all
  std::vector<int> levels;    // of the device, where only some are used

  [[nodiscard]] double range() const { return largest - least; }
  [[nodiscard]] bool is_continuous() const { return conductance.empty(); }
  // The share of the range that a level stands for.
  [[nodiscard]] double share(int level) const {
    return (conductance[static_cast<std::size_t>(level)] - least) / range();
  }
  // What the device calls the level.
  [[nodiscard]] int device_level(int level) const {
    return levels.empty() ? level : levels[static_cast<std::size_t>(level)];
  }
  [[nodiscard]] double error_of(int level) const {
    return error[error.size() == 1 ? 0 : static_cast<std::size_t>(level)];
  }
};

// The levels of a device, uneven as they are.
LevelSet levels_of_device(const DeviceModel& device);

// Even levels, 2^(bits - 1) of them; without bits any conductance.
LevelSet even_levels(const std::filesystem::path& file, std::optional<int> bits,
                     const ParameterOverrides& overrides = {});

const CatalogFolder& level_set_catalog();

// Of the device's levels 2^(bits - 1), those nearest to even ones. Throws InputError where the
// device has too few.
LevelSet selected(const LevelSet& levels, int bits);

}  // namespace dwmtj
