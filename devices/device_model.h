// SPDX-License-Identifier: Apache-2.0
// Everything all devices of one kind share: parameters, laws, and the cache of transition tables.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "devices/device_parameters.h"
#include "devices/device_variation.h"
#include "devices/pulse_tables.h"
#include "devices/readout_law.h"
#include "devices/switching_law.h"

namespace dwmtj {

inline const Temperature kRoomTemperature = 300.0 * si::kelvin;

class DeviceModel {
 public:
  // At room temperature; a device of measured pulses at theirs. Throws InputError for another
  // temperature of such a device.
  explicit DeviceModel(DeviceParameters parameters,
                       std::optional<Temperature> temperature = std::nullopt);

  [[nodiscard]] const DeviceParameters& parameters() const { return parameters_; }
  [[nodiscard]] const DeviceVariation& variation() const { return variation_; }
  [[nodiscard]] Temperature temperature() const { return temperature_; }
  // Of the device as its file has it. Throws InputError where only its pulses are known.
  [[nodiscard]] const SwitchingLaw& switching() const;
  [[nodiscard]] const ReadoutLaw& readout() const { return readout_; }
  [[nodiscard]] int sites() const { return readout_.sites(); }

  // The tables of `pulse`, worked out at first use; references stay valid. Thread-safe. Throws
  // InputError for a pulse that the device is not known for.
  [[nodiscard]] const PulseTables& tables(const Pulse& pulse) const;
  [[nodiscard]] const TransitionTable& table(const Pulse& pulse, int grade = kNominalGrade) const {
    return tables(pulse).of(grade);
  }

  // The nominal pulse of a direction.
  [[nodiscard]] Pulse nominal_pulse(Direction direction) const;
  // The same with another amplitude at the pads and the field of its direction.
  [[nodiscard]] Pulse pad_pulse(Voltage pads) const;
  // What is at the pads, signed.
  [[nodiscard]] Voltage pads_of(const Pulse& pulse) const;

 private:
  DeviceParameters parameters_;
  DeviceVariation variation_;
  Temperature temperature_;
  std::vector<SwitchingLaw> laws_;  // by grade
  ReadoutLaw readout_;
  mutable std::mutex mutex_;
  mutable std::map<Pulse, std::unique_ptr<const PulseTables>> tables_;
};

}  // namespace dwmtj
