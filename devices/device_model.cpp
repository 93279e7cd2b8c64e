// SPDX-License-Identifier: Apache-2.0
#include "devices/device_model.h"

namespace dwmtj {

DeviceModel::DeviceModel(DeviceParameters parameters, Temperature temperature)
    : parameters_(std::move(parameters)),
      switching_(parameters_, temperature),
      readout_(parameters_) {}

const TransitionTable& DeviceModel::table(const Pulse& pulse) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& slot = tables_[pulse];
  if (!slot) slot = std::make_unique<const TransitionTable>(switching_, pulse);
  return *slot;
}

Pulse DeviceModel::pad_pulse(Voltage pads) const {
  const auto& fields = parameters_.fields;
  const bool forward = in_si(pads) >= 0.0;
  return {parameters_.operating_point.current_from_pads(pads), parameters_.operating_point.shape,
          forward ? fields.write : fields.reset};
}

}  // namespace dwmtj
