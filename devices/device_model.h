// SPDX-License-Identifier: Apache-2.0
// Everything all devices of one kind share: parameters, laws, and the cache of transition tables.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "devices/device_parameters.h"
#include "devices/readout_law.h"
#include "devices/switching_law.h"
#include "devices/transition_table.h"

namespace dwmtj {

inline const Temperature kRoomTemperature = 300.0 * si::kelvin;

class DeviceModel {
 public:
  explicit DeviceModel(DeviceParameters parameters, Temperature temperature = kRoomTemperature);

  [[nodiscard]] const DeviceParameters& parameters() const { return parameters_; }
  [[nodiscard]] const SwitchingLaw& switching() const { return switching_; }
  [[nodiscard]] const ReadoutLaw& readout() const { return readout_; }
  [[nodiscard]] int sites() const { return switching_.sites(); }

  // The table of `pulse`, worked out at first use; the reference stays valid. Thread-safe.
  [[nodiscard]] const TransitionTable& table(const Pulse& pulse) const;

  // The nominal pulse with another amplitude at the pads and the field of its direction.
  [[nodiscard]] Pulse pad_pulse(Voltage pads) const;

 private:
  DeviceParameters parameters_;
  SwitchingLaw switching_;
  ReadoutLaw readout_;
  mutable std::mutex mutex_;
  mutable std::map<Pulse, std::unique_ptr<const TransitionTable>> tables_;
};

}  // namespace dwmtj
