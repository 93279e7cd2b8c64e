// SPDX-License-Identifier: Apache-2.0
// A current-source driver without its clock: from a signed code to the pulse on the track.
#pragma once

#include "devices/device_parameters.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

class DriverLaw {
 public:
  DriverLaw(const DriverParameters& driver, const DeviceParameters& device);

  // The current of `code`, asymmetry and compliance included.
  [[nodiscard]] Current current(int code) const;
  [[nodiscard]] bool clips(int code) const;
  // The pulse of `code` under the bias field of its direction.
  [[nodiscard]] Pulse pulse(int code) const;

  [[nodiscard]] Energy track_energy(int code) const;     // spent in the device
  [[nodiscard]] Energy headroom_energy(int code) const;  // spent between supply and track

 private:
  [[nodiscard]] Current wanted(int code) const;

  DriverParameters driver_;
  OperatingPoint point_;
  FieldParameters fields_;
  Current limit_;
};

}  // namespace dwmtj
