// SPDX-License-Identifier: Apache-2.0
#include "tile/driver_law.h"

#include <algorithm>
#include <cstdlib>

#include "devices/measured_pulses.h"

namespace dwmtj {

DriverLaw::DriverLaw(const DriverParameters& driver, const DeviceParameters& device)
    : driver_(driver),
      point_(device.operating_point),
      pulses_(device.pulses),
      fields_(device.fields),
      limit_(point_.track_current *
             (driver.compliance / (point_.track_voltage + driver.line * point_.track_current))) {}

int DriverLaw::last(int code) const {
  return static_cast<int>(code >= 0 ? pulses_->up.size() : pulses_->down.size());
}

const MeasuredPulse& DriverLaw::measured(int code) const {
  return pulses_->numbered(std::clamp(code, -last(code), last(code)));
}

Current DriverLaw::wanted(int code, Gain gain) const {
  if (pulses_) return code == 0 ? from_si<Current>(0.0) : measured(code).pulse.amplitude;
  const double factor = gain == Gain::asymmetry ? driver_.asymmetry : 1.0;
  return driver_.code_step * (static_cast<double>(code) * factor);
}

Current DriverLaw::current(int code, Gain gain) const {
  const Current asked = wanted(code, gain);
  return pulses_ ? asked : std::clamp(asked, -limit_, limit_);
}

bool DriverLaw::clips(int code, Gain gain) const {
  if (pulses_) return std::abs(code) > last(code);
  return current(code, gain) != wanted(code, gain);
}

Pulse DriverLaw::pulse(int code, Gain gain) const {
  if (pulses_ && code != 0) return measured(code).pulse;
  return {current(code, gain), point_.shape, code >= 0 ? fields_.write : fields_.reset};
}

Energy DriverLaw::track_energy(int code, Gain gain) const {
  if (pulses_) return code == 0 ? 0.0 * si::joules : measured(code).energy;
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
