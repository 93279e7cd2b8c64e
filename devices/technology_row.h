// SPDX-License-Identifier: Apache-2.0
// A row of Table 1 as the source of a device: what it prints, and from the device's file what it
// does not. Nothing is guessed, and what is printed cannot be said again.
#pragma once

#include <optional>
#include <vector>

#include "devices/pulse_entries.h"
#include "devices/technologies.h"

namespace dwmtj {

class TechnologyRow {
 public:
  // The one that the key `technology` names. Throws InputError.
  explicit TechnologyRow(const ParameterNode& root);

  [[nodiscard]] Time width() const { return row_.write_duration; }
  [[nodiscard]] Time settling_time() const;
  [[nodiscard]] std::optional<double> read_noise() const;
  // One up and one down.
  [[nodiscard]] std::vector<PulseEntry> entries(const ParameterNode& section,
                                                const PulseShape& shape) const;

 private:
  [[nodiscard]] double amplitude(bool upwards) const;
  [[nodiscard]] PulseCurve curve(const ParameterNode& section, bool upwards) const;
  [[nodiscard]] double write_noise(const ParameterNode& section) const;

  Technology row_;
};

}  // namespace dwmtj
