// SPDX-License-Identifier: Apache-2.0
#include "tile/driver_law.h"

#include <algorithm>
#include <cstdlib>

namespace dwmtj {

DriverLaw::DriverLaw(const DriverParameters& driver, const DeviceParameters& device)
    : driver_(driver),
      point_(device.operating_point),
      fields_(device.fields),
      limit_(point_.track_current *
             (driver.compliance / (point_.track_voltage + driver.line * point_.track_current))) {}

Current DriverLaw::wanted(int code, Gain gain) const {
  const double factor = gain == Gain::asymmetry ? driver_.asymmetry : 1.0;
  return driver_.code_step * (static_cast<double>(code) * factor);
}

Current DriverLaw::current(int code, Gain gain) const {
  return std::clamp(wanted(code, gain), -limit_, limit_);
}

bool DriverLaw::clips(int code, Gain gain) const {
  return current(code, gain) != wanted(code, gain);
}

Pulse DriverLaw::pulse(int code, Gain gain) const {
  return {current(code, gain), point_.shape, code >= 0 ? fields_.write : fields_.reset};
}

Energy DriverLaw::track_energy(int code, Gain gain) const {
  return point_.pulse_energy(pulse(code, gain));
}

// The charge of a trapezoid is amplitude times its width at half of the amplitude.
Energy DriverLaw::headroom_energy(int code, Gain gain) const {
  const Current flows = current(code, gain);
  const Current magnitude = code >= 0 ? flows : -flows;
  const Energy drawn = driver_.supply * magnitude * point_.shape.width;
  return std::max(drawn - track_energy(code, gain), 0.0 * si::joules);
}

}  // namespace dwmtj
