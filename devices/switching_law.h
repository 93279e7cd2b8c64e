// SPDX-License-Identifier: Apache-2.0
// Thermally activated depinning: a wall at a site leaves it with the rate
//   (1/tau0) exp(-Delta (1 - s/s_c)^n),   s = I / w(site) + k (B - B_comp),
// s the drive in the direction of motion and n = 3/2, the scaling of a barrier that vanishes in a
// saddle-node bifurcation (Garg, Phys. Rev. B 51, 15592). At s >= s_c there is no barrier left.
#pragma once

#include <cstdint>
#include <vector>

#include "devices/device_parameters.h"

namespace dwmtj {

enum class Direction : std::int8_t { reverse = -1, forward = +1 };  // towards IN, towards CLK

class SwitchingLaw {
 public:
  SwitchingLaw(const DeviceParameters& parameters, Temperature temperature);

  [[nodiscard]] int sites() const { return static_cast<int>(sites_.size()); }
  [[nodiscard]] Temperature temperature() const { return temperature_; }

  // Rate of leaving `site` in `direction`, per second; infinite where no barrier is left, zero for
  // the last site of that direction. `current` and `bias` as in Pulse.
  [[nodiscard]] double escape_rate(int site, Direction direction, Current current,
                                   Field bias) const;
  // Below it a pulse is over before the wall in its well has answered, and the law says nothing:
  // 1/omega of the well, the attempt time over 2 pi.
  [[nodiscard]] Time shortest_pulse() const;
  // Throws InputError for a shorter one.
  void check_reach(const PulseShape& shape) const;
  // From one site to the next in `direction` (sites must have one there).
  [[nodiscard]] Time flight_time(int site, Direction direction) const;
  // The rate at which a wall tries to leave: that of a site whose barrier has just vanished.
  [[nodiscard]] double attempt_rate() const { return attempt_rate_; }
  // The current at which `site` is left at `rate`, up to the attempt rate.
  [[nodiscard]] Current current_at_rate(int site, Direction direction, double rate,
                                        Field bias) const;
  // The current at which the barrier of `site` vanishes.
  [[nodiscard]] Current critical_current(int site, Direction direction, Field bias) const;

 private:
  struct Site {
    double position;        // m
    double width;           // m
    double critical_drive;  // A/m
    double barrier;         // in kT at this law's temperature
  };
  [[nodiscard]] double drive(const Site& site, Direction direction, double current,
                             double bias) const;

  std::vector<Site> sites_;
  Temperature temperature_;
  double attempt_rate_;
  double exponent_;
  double field_coupling_;
  double compensation_field_;
  double velocity_;
};

}  // namespace dwmtj
