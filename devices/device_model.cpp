// SPDX-License-Identifier: Apache-2.0
#include "devices/device_model.h"

namespace dwmtj {

DeviceModel::DeviceModel(DeviceParameters parameters, Temperature temperature)
    : parameters_(std::move(parameters)), variation_(parameters_.variation), readout_(parameters_) {
  for (int grade = 0; grade < variation_.grades(); ++grade) {
    laws_.emplace_back(variation_.of_grade(parameters_, grade), temperature);
  }
}

const PulseTables& DeviceModel::tables(const Pulse& pulse) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& slot = tables_[pulse];
  if (!slot) slot = std::make_unique<const PulseTables>(laws_, pulse);
  return *slot;
}

Pulse DeviceModel::pad_pulse(Voltage pads) const {
  const auto& fields = parameters_.fields;
  const bool forward = in_si(pads) >= 0.0;
  return {parameters_.operating_point.current_from_pads(pads), parameters_.operating_point.shape,
          forward ? fields.write : fields.reset};
}

}  // namespace dwmtj
