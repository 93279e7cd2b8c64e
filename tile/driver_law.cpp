// SPDX-License-Identifier: Apache-2.0
#include "tile/driver_law.h"

#include <algorithm>
#include <cstdlib>

namespace dwmtj {

DriverLaw::DriverLaw(const DriverParameters& driver, const DeviceParameters& device)
    : driver_(driver),
      point_(device.operating_point),
      fields_(device.fields),
      limit_(point_.track_current * (driver.compliance / point_.track_voltage)) {}

Current DriverLaw::wanted(int code) const {
  return driver_.code_step * (static_cast<double>(code) * (code > 0 ? driver_.asymmetry : 1.0));
}

Current DriverLaw::current(int code) const { return std::clamp(wanted(code), -limit_, limit_); }

bool DriverLaw::clips(int code) const { return current(code) != wanted(code); }

Pulse DriverLaw::pulse(int code) const {
  return {current(code), point_.shape, code >= 0 ? fields_.write : fields_.reset};
}

Energy DriverLaw::track_energy(int code) const { return point_.pulse_energy(pulse(code)); }

// The charge of a trapezoid is amplitude times its width at half of the amplitude.
Energy DriverLaw::headroom_energy(int code) const {
  const Current magnitude = code >= 0 ? current(code) : -current(code);
  const Energy drawn = driver_.supply * magnitude * point_.shape.width;
  return std::max(drawn - track_energy(code), 0.0 * si::joules);
}

}  // namespace dwmtj
