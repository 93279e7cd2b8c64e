// SPDX-License-Identifier: Apache-2.0
// A current-source driver without its clock: from a signed code to the pulse on the track. Codes of
// a device of measured pulses number these, and one beyond the last gives the last. The same law
// has the steps of drivers that are off for codes: of DriverParameters::in_steps().
#pragma once

#include "devices/device_parameters.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

struct MeasuredPulse;

class DriverLaw {
 public:
  DriverLaw(const DriverParameters& driver, const DeviceParameters& device);

  using Gain = DriverGain;
  // The current of `code`, and what compliance leaves of it.
  [[nodiscard]] Current wanted(int code, Gain gain = Gain::unity) const;
  [[nodiscard]] Current current(int code, Gain gain = Gain::unity) const;
  [[nodiscard]] bool clips(int code, Gain gain = Gain::unity) const;
  // The pulse of `code` under the bias field of its direction.
  [[nodiscard]] Pulse pulse(int code, Gain gain = Gain::unity) const;

  // Spent in the device, and between supply and track.
  [[nodiscard]] Energy track_energy(int code, Gain gain = Gain::unity) const;
  [[nodiscard]] Energy headroom_energy(int code, Gain gain = Gain::unity) const;

 private:
  [[nodiscard]] int last(int code) const;  // of the direction of `code`
  [[nodiscard]] const MeasuredPulse& measured(int code) const;

  DriverParameters driver_;
  OperatingPoint point_;
  std::shared_ptr<const MeasuredPulses> pulses_;  // numbered by codes; null: currents
  FieldParameters fields_;
  Current limit_;
};

}  // namespace dwmtj
