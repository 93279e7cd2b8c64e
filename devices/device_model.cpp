// SPDX-License-Identifier: Apache-2.0
#include "devices/device_model.h"

#include <cmath>

#include <fmt/format.h>

#include "common/input_error.h"
#include "devices/measured_pulses.h"

namespace dwmtj {
namespace {

Temperature temperature_of(const DeviceParameters& device, std::optional<Temperature> asked) {
  if (!device.pulses) return asked.value_or(kRoomTemperature);
  const auto measured = device.pulses->temperature;
  if (asked && std::abs(*asked / measured - 1.0) > 1e-9) {
    throw InputError(fmt::format("the device '{}' is known at {} alone, not at {}", device.name,
                                 format_quantity(measured), format_quantity(*asked)));
  }
  return measured;
}

}  // namespace

DeviceModel::DeviceModel(DeviceParameters parameters, std::optional<Temperature> temperature)
    : parameters_(std::move(parameters)),
      variation_(parameters_.variation),
      temperature_(temperature_of(parameters_, temperature)),
      readout_(parameters_) {
  for (int grade = 0; !parameters_.pulses && grade < variation_.grades(); ++grade) {
    laws_.emplace_back(variation_.of_grade(parameters_, grade), temperature_);
  }
}

const SwitchingLaw& DeviceModel::switching() const {
  if (parameters_.pulses) static_cast<void>(SwitchingLaw(parameters_, temperature_));  // refuses
  return laws_[kNominalGrade];
}

const PulseTables& DeviceModel::tables(const Pulse& pulse) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& slot = tables_[pulse];
  if (slot) return *slot;
  if (!parameters_.pulses) {
    slot = std::make_unique<const PulseTables>(laws_, pulse);
    return *slot;
  }
  const auto* const measured = parameters_.pulses->find(pulse);
  if (measured == nullptr) {
    throw InputError(fmt::format("the device '{}' is not known for pulses of {} for {}: it has {}",
                                 parameters_.name, format_quantity(pulse.amplitude),
                                 format_quantity(pulse.shape.width), parameters_.pulses->names()));
  }
  slot = std::make_unique<const PulseTables>(*measured, pulse, variation_.grades());
  return *slot;
}

Pulse DeviceModel::nominal_pulse(Direction direction) const {
  const bool forward = direction == Direction::forward;
  if (parameters_.pulses) return parameters_.pulses->numbered(forward ? 1 : -1).pulse;
  const auto pads = parameters_.operating_point.pad_voltage;
  return pad_pulse(forward ? pads : -pads);
}

Voltage DeviceModel::pads_of(const Pulse& pulse) const {
  const auto* const measured = parameters_.pulses ? parameters_.pulses->find(pulse) : nullptr;
  return measured != nullptr ? measured->voltage
                             : parameters_.operating_point.pads_from_current(pulse.amplitude);
}

Pulse DeviceModel::pad_pulse(Voltage pads) const {
  const auto& fields = parameters_.fields;
  const bool forward = in_si(pads) >= 0.0;
  return {parameters_.operating_point.current_from_pads(pads), parameters_.operating_point.shape,
          forward ? fields.write : fields.reset};
}

}  // namespace dwmtj
